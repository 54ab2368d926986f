"""Who never existed: a person's look as numbers, and a cast of persons that are easy to tell apart."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

Age = Literal["child", "adult", "senior"]
Colour = tuple[float, float, float]
"""sRGB, each 0 to 1."""

NAMES = (
    ("Ada", "Freya", "Greta", "Ines", "Juno", "Lotte", "Maya", "Noor", "Olive", "Priya", "Rosa", "Selma", "Thea", "Uma",
     "Wanda", "Yuki", "Zora", "Amara", "Bea", "Clara"),
    ("Anton", "Bruno", "Caspar", "Dario", "Emil", "Felix", "Hugo", "Idris", "Jonas", "Kofi", "Leo", "Milan", "Nils",
     "Oskar", "Paul", "Ravi", "Theo", "Tariq", "Viktor", "Wen"),
)  # fmt: skip

SKINS: tuple[Colour, ...] = (
    (0.98, 0.83, 0.75), (0.95, 0.77, 0.66), (0.93, 0.73, 0.58), (0.87, 0.66, 0.50), (0.80, 0.57, 0.41),
    (0.69, 0.46, 0.32), (0.57, 0.37, 0.26), (0.45, 0.29, 0.21), (0.36, 0.235, 0.18),
)  # fmt: skip
HAIRS: dict[str, Colour] = {
    "black": (0.10, 0.085, 0.085), "espresso": (0.20, 0.13, 0.095), "chestnut": (0.37, 0.21, 0.12),
    "brown": (0.46, 0.30, 0.18), "copper": (0.70, 0.33, 0.13), "red": (0.60, 0.20, 0.10), "honey": (0.76, 0.55, 0.29),
    "blond": (0.90, 0.75, 0.48), "ash": (0.58, 0.49, 0.39), "grey": (0.66, 0.65, 0.65), "white": (0.90, 0.89, 0.87),
}  # fmt: skip
IRISES: tuple[Colour, ...] = (
    (0.30, 0.17, 0.09), (0.22, 0.12, 0.07), (0.48, 0.31, 0.13), (0.33, 0.45, 0.22), (0.27, 0.47, 0.66),
    (0.42, 0.53, 0.58), (0.16, 0.40, 0.38),
)  # fmt: skip

FAMILY: tuple[tuple[bool, Age], ...] = (
    (True, "adult"), (False, "adult"), (True, "child"), (False, "senior"), (True, "adult"), (False, "child"),
    (False, "adult"), (True, "senior"), (True, "adult"), (False, "adult"), (True, "child"), (False, "adult"),
)  # fmt: skip
"""Whether feminine, and how old: what the persons of a cast are in turn."""
STYLES_HIS = ("buzz", "short", "parted", "quiff", "curly", "bald", "receding", "afro", "mop", "tousled")
STYLES_HERS = ("long", "bob", "bun", "curly-long", "fringe-long", "pixie", "afro", "ponytail", "fringe-bob", "side-long")


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that stays the same about a person; lengths in head units (chin to crown is about 1.9)."""

    skin: Colour
    hair: Colour
    iris: Colour
    style: str
    feminine: bool
    age: Age
    # skull
    width: float
    jaw: float
    jaw_drop: float
    chin: float
    chin_point: float
    cheek: float
    forehead: float
    brow_ridge: float
    # eyes
    eye_gap: float
    eye_width: float
    eye_open: float
    eye_tilt: float
    eye_y: float
    lid: float
    lashes: float
    # brows
    brow_y: float
    brow_thick: float
    brow_arch: float
    brow_tilt: float
    brow_long: float
    # nose
    nose_y: float
    nose_wide: float
    nose_out: float
    nose_tip: float
    nose_bridge: float
    # mouth
    mouth_y: float
    mouth_wide: float
    lip_top: float
    lip_low: float
    lipstick: float
    # the rest
    ear: float
    beard: str
    glasses: str
    glasses_colour: Colour
    freckles: float
    blush: float
    mole: tuple[float, float] | None
    phase: float
    wardrobe: tuple[Colour, ...] = field(default=())

    def aged(self, years: float) -> Look:
        """The same person `years` later: children's faces stretch a little, adults' hair greys a little."""
        if self.age == "child":
            return replace(self, jaw_drop=self.jaw_drop + 0.006 * years, eye_open=self.eye_open - 0.001 * years)
        grey = min(0.55, years * (0.035 if self.age == "senior" else 0.012))
        level = sum(self.hair) / 3
        target = max(level, 0.62)
        hair = tuple(c + (target * k - c) * grey for c, k in zip(self.hair, (1.0, 0.99, 0.98), strict=True))
        return replace(self, hair=(hair[0], hair[1], hair[2]), cheek=self.cheek - 0.001 * years)


def draw_look(rng: np.random.Generator) -> Look:
    """A random person; the fields are drawn one after the other, so the same generator state gives the same person."""
    u = rng.uniform
    age: Age = str(rng.choice(("child", "adult", "senior"), p=(0.17, 0.63, 0.20)))  # type: ignore[assignment]
    feminine = bool(rng.random() < 0.5)
    tone = u(0, len(SKINS) - 1)
    low = int(min(tone, len(SKINS) - 2))
    skin = _mix(SKINS[low], SKINS[low + 1], tone - low)
    dark = tone > 4.2
    if age == "senior":
        hair = HAIRS[str(rng.choice(("grey", "white", "ash"), p=(0.5, 0.38, 0.12)))]
    elif dark:
        hair = HAIRS[str(rng.choice(("black", "espresso", "chestnut"), p=(0.6, 0.3, 0.1)))]
    else:
        names = ("black", "espresso", "chestnut", "brown", "copper", "red", "honey", "blond")
        hair = HAIRS[str(rng.choice(names))]
    iris = IRISES[int(rng.integers(0, 3 if dark else len(IRISES)))]
    styles = STYLES_HERS if feminine else STYLES_HIS
    style = str(rng.choice(styles))
    if style == "afro" and tone < 2.5:
        style = "curly" if not feminine else "curly-long"
    if style in ("bald", "receding") and age == "child":
        style = "mop"
    beards = ("none", "stubble", "full", "moustache", "goatee")
    beard = "none"
    if not feminine and age != "child":
        beard = str(rng.choice(beards, p=(0.36, 0.14, 0.24, 0.12, 0.14)))
    glasses = str(rng.choice(("none", "round", "square", "wide"), p=(0.66, 0.13, 0.11, 0.10)))
    child = age == "child"
    hue = u(0, 1)
    wardrobe = tuple(_hsv((hue + i * 0.618 + u(-0.06, 0.06)) % 1, u(0.25, 0.75), u(0.45, 0.95)) for i in range(4))
    frames: tuple[Colour, ...] = ((0.08, 0.07, 0.08), (0.35, 0.18, 0.08), (0.55, 0.10, 0.12), (0.12, 0.22, 0.40))
    return Look(
        skin=skin, hair=hair, iris=iris, style=style, feminine=feminine, age=age,
        width=u(0.655, 0.80),
        jaw=u(0.42, 0.58) if feminine else u(0.46, 0.66),
        jaw_drop=u(-0.10, 0.03) if child else u(-0.06, 0.10),
        chin=u(0.0, 0.09), chin_point=u(0.10, 0.24),
        cheek=u(0.03, 0.10) if child else u(-0.02, 0.085),
        forehead=u(-0.04, 0.07), brow_ridge=u(0.0, 0.02) if feminine or child else u(0.005, 0.06),
        eye_gap=u(0.26, 0.36), eye_width=u(0.125, 0.175), eye_open=u(0.062, 0.105) + 0.012 * child,
        eye_tilt=u(-0.020, 0.032), eye_y=u(-0.045, 0.05) - 0.05 * child, lid=u(0.0, 1.0),
        lashes=u(0.6, 1.0) if feminine else u(0.15, 0.45),
        brow_y=u(0.165, 0.265), brow_thick=u(0.018, 0.034) if feminine else u(0.026, 0.058),
        brow_arch=u(0.0, 0.065), brow_tilt=u(-0.05, 0.018), brow_long=u(0.155, 0.225),
        nose_y=u(-0.40, -0.26) + 0.05 * child, nose_wide=u(0.075, 0.155), nose_out=u(0.13, 0.29) - 0.04 * child,
        nose_tip=u(0.05, 0.105), nose_bridge=u(0.035, 0.085),
        mouth_y=u(-0.635, -0.535) + 0.02 * child, mouth_wide=u(0.20, 0.315), lip_top=u(0.018, 0.058),
        lip_low=u(0.030, 0.075), lipstick=u(0.25, 0.95) if feminine and not child and rng.random() < 0.6 else 0.0,
        ear=u(0.75, 1.25), beard=beard, glasses=glasses, glasses_colour=frames[int(rng.integers(len(frames)))],
        freckles=u(0.5, 1.0) if tone < 2.6 and age != "senior" and rng.random() < 0.45 else 0.0, blush=u(0.15, 0.8),
        mole=(u(-0.45, 0.45), u(-0.75, -0.25)) if rng.random() < 0.15 else None, phase=u(0, 6.28), wardrobe=wardrobe,
    )  # fmt: skip


def cast(count: int, seed: int, *, tries: int = 12) -> list[Look]:
    """`count` persons of mixed ages that differ strongly: each next one is the candidate farthest from all chosen before.

    No haircut comes twice before the choice runs out, so that people tell them apart as easily as a network does.
    """
    rng = np.random.default_rng([seed, zlib.crc32(b"cast")])
    looks = [draw_look(rng) for _ in range(max(count * tries, 160))]
    vectors = np.stack([_vector(look) for look in looks])
    nearest = np.full(len(looks), 9.0)
    chosen: list[Look] = []
    worn: set[tuple[bool, str]] = set()
    for number in range(count):
        feminine, age = FAMILY[number % len(FAMILY)]
        fitting = [i for i, look in enumerate(looks) if (look.feminine, look.age) == (feminine, age)]
        fresh = [i for i in fitting if (feminine, looks[i].style) not in worn]
        if not fresh:
            worn = {(other, style) for other, style in worn if other != feminine}
        best = max(fresh or fitting, key=lambda i: nearest[i])
        chosen.append(looks[best])
        worn.add((feminine, looks[best].style))
        nearest = np.minimum(nearest, np.linalg.norm(vectors - vectors[best], axis=1))
    return chosen


def name_cast(looks: list[Look], seed: int) -> list[str]:
    """A friendly first name a person, none given twice."""
    rng = np.random.default_rng([seed, zlib.crc32(b"names")])
    hers, his = (list(rng.permutation(names)) for names in NAMES)
    names = []
    for number, look in enumerate(looks):
        pool = hers if look.feminine else his
        names.append(str(pool.pop()) if pool else f"Person {number + 1}")
    return names


def _vector(look: Look) -> np.ndarray:
    """What makes looks differ to a face network, roughly scaled by how much it matters."""
    numbers = [
        *(3.0 * np.array(look.skin)), *(1.6 * np.array(look.hair)), 4 * look.width, 4 * look.jaw, 4 * look.jaw_drop,
        6 * look.eye_gap, 8 * look.eye_width, 12 * look.eye_open, 6 * look.brow_y, 20 * look.brow_thick, 8 * look.eye_y,
        5 * look.brow_tilt, 6 * look.nose_y, 8 * look.nose_wide, 4 * look.nose_out, 8 * look.mouth_y, 7 * look.mouth_wide,
        8 * look.lip_top, 8 * look.lip_low, 0.7 * look.feminine, 0.8 * (look.age == "child"), 0.8 * (look.age == "senior"),
        0.8 * (look.beard == "full"), 0.5 * (look.beard == "moustache"), 0.4 * (look.beard == "goatee"),
        0.7 * (look.glasses != "none"), 0.4 * look.freckles, 0.5 * (look.style in ("bald", "receding", "buzz")),
        0.4 * ("fringe" in look.style or look.style == "mop"), 0.4 * look.lipstick,
    ]  # fmt: skip
    return np.asarray(numbers, dtype=np.float64)


def _mix(a: Colour, b: Colour, t: float) -> Colour:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def _hsv(h: float, s: float, v: float) -> Colour:
    import colorsys

    return colorsys.hsv_to_rgb(h, s, v)
