"""photoclust: from a folder of photos to albums of persons, on your own machine."""

__version__ = "0.1.0"
