"""Jobs in the user's words: what one is, and how it ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, QLocale

from photoclust.ui.jobs import Job, JobRecord
from photoclust.ui.language import tr


def job_title(job: Job) -> str:
    """What a job does."""
    if job.forget:
        return tr("Forget missing photos")
    if job.review:
        return tr("Look for questions")
    if job.preview:
        return tr("Try out grouping again")
    if job.chosen is not None:
        return tr("Group again")
    if job.retry:
        return tr("Look again at {n} photos", n=len(job.retry))
    if job.describe:
        return tr("Look at marked faces")
    if job.demo:
        return tr("Draw the demo album")
    if job.move_to is not None:
        return tr("Copy the library to {folder}", folder=job.move_to.parent)
    folder = job.folder.name or str(job.folder) if job.folder is not None else ""
    return tr("Look for new photos in {folder}", folder=folder) if job.quiet else tr("Import {folder}", folder=folder)


def record_text(record: JobRecord) -> str:
    """How a job ended, in a line."""
    end, looked = record.end, record.looked
    parts = []
    if end.error:
        parts.append(tr(end.error))
    elif end.cancelled:
        parts.append(tr("Stopped"))
    if looked is not None:
        parts.append(tr("{n} photos", n=looked.done))
        parts.append(tr("{n} faces", n=looked.faces))
        if looked.errors:
            parts.append(tr("{n} could not be read", n=looked.errors))
        parts.append(looked.device)
    elif end.applied is not None:
        parts.append(tr(end.applied.text))
    elif not parts:
        parts.append(tr("Done"))
    return " · ".join([*parts, describe_duration(record.seconds)])


def describe_duration(seconds: float) -> str:
    """How long something took."""
    if seconds < 59.5:
        return tr("{n} seconds", n=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{n} minutes", n=minutes)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def describe_moment(at: float) -> str:
    """When something was, in seconds since 1970: the time alone if it was today."""
    when = datetime.fromtimestamp(at)
    moment = QDateTime.fromSecsSinceEpoch(int(at))
    short = QLocale.FormatType.ShortFormat
    if when.date() == datetime.now().date():
        return QLocale().toString(moment.time(), short)
    if datetime.now() - when < timedelta(days=300):
        return QLocale().toString(moment, short)
    return QLocale().toString(moment.date(), short)
