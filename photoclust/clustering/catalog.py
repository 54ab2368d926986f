"""Which engines there are, by name; each is imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module

from photoclust.clustering.engine import Engine
from photoclust.core.errors import UserError

_ENGINES = {
    "album": "photoclust.clustering.album:Album",
    "avgae": "photoclust.clustering.avgae:AVGAE",
    "hilander": "photoclust.clustering.hilander:HiLander",
    "adanets": "photoclust.clustering.adanets:AdaNETS",
    "rgcn": "photoclust.clustering.rgcn:RGCN",
    "lgcn": "photoclust.clustering.rgcn:LGCN",
    "dgg": "photoclust.clustering.dgg:DGG",
    "hac": "photoclust.clustering.baselines:HAC",
    "hac-single": "photoclust.clustering.baselines:SingleHAC",
    "hac-complete": "photoclust.clustering.baselines:CompleteHAC",
    "chinese-whispers": "photoclust.clustering.baselines:ChineseWhispers",
    "dbscan": "photoclust.clustering.baselines:DBSCAN",
    "hdbscan": "photoclust.clustering.baselines:HDBSCAN",
    "rank-order": "photoclust.clustering.rankorder:RankOrder",
    "finch": "photoclust.clustering.finch:FINCH",
    "kmeans": "photoclust.clustering.centres:KMeans",
    "spectral": "photoclust.clustering.centres:Spectral",
    "mean-shift": "photoclust.clustering.centres:MeanShift",
    "affinity-propagation": "photoclust.clustering.centres:AffinityPropagation",
    "immich": "photoclust.clustering.app_rules:Immich",
    "photoprism": "photoclust.clustering.app_rules:PhotoPrism",
    "librephotos": "photoclust.clustering.app_rules:LibrePhotos",
    "ente": "photoclust.clustering.app_rules:Ente",
    "facerecognition": "photoclust.clustering.app_rules:FaceRecognition",
}


def names() -> tuple[str, ...]:
    """Every engine's name, ours first."""
    return tuple(_ENGINES)


def create(name: str, **options: object) -> Engine:
    """The engine of that name with its fields set from `options`; UserError for a name or option it does not know."""
    if name not in _ENGINES:
        raise UserError(f"There is no engine “{name}”; there are {', '.join(_ENGINES)}.")
    module, _, attribute = _ENGINES[name].partition(":")
    try:
        engine: Engine = getattr(import_module(module), attribute)(**options)
    except TypeError as error:
        raise UserError(f"The engine “{name}” cannot be made with these options: {error}.") from error
    return engine
