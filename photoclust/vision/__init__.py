"""Find faces in photos and describe them: YuNet and SFace in torch. Knows nothing of files, SQL or windows."""
