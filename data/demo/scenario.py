"""What the simulated world is like: which kinds of incident when, how grave, reported by whom.

These numbers are invented for a plausible story and measured nowhere. They hold per category code,
never per person, party or group of people.
"""

SIMULATED = "DATA SIMULASI"
SEED = 9971

# Days relative to voting day at which the weights below hold; straight lines between them.
STAGE_DAYS = (-200, -75, -60, -14, -3, 0, 5)
STAGE_WEIGHTS: dict[str, tuple[float, ...]] = {
    "NET-ASN": (6, 7, 7, 6, 4, 2, 1),
    "NET-TP": (0.5, 0.5, 1, 1, 1, 1, 0.5),
    "NET-KDS": (2, 3, 4, 4, 3, 1, 0.5),
    "NET-PNY": (1, 1, 2, 2, 3, 4, 3),
    "PU": (1, 2, 4, 9, 22, 10, 2),
    "HOAKS": (6, 7, 9, 10, 12, 8, 6),
    "KH": (2, 4, 7, 7, 4, 1, 1),
    "UK-SARA": (1, 2, 3, 3, 2, 1, 1),
    "APK": (2, 6, 20, 16, 6, 1, 1),
    "KT": (1, 3, 8, 6, 1, 0.2, 0.2),
    "KLJ": (1, 2, 2, 2, 12, 4, 0.2),
    "INT": (2, 2, 3, 4, 6, 6, 4),
    "KEK": (1, 1, 2, 3, 3, 4, 4),
    "RUS": (1, 1.5, 5, 5, 4, 3, 4),
    "UNR": (6, 5, 4, 4, 2, 5, 12),
    "KRM": (3, 3, 7, 7, 3, 5, 6),
    "PNL": (1, 1, 1, 2, 3, 8, 14),
    "SGK": (2, 5, 2, 2, 2, 6, 14),
    "DPT": (10, 6, 4, 3, 2, 3, 0.5),
    "LOG": (0.2, 0.5, 1, 3, 8, 8, 2),
    "CUA": (3, 3, 3, 3, 3, 3, 3),
    "KSH": (0.1, 0.1, 0.2, 0.5, 2, 5, 4),
    "JAR": (0.3, 0.3, 0.5, 1, 3, 4, 1),
    "SDA": (8, 4, 3, 2, 1, 0.5, 1),
    "BTS": (4, 3, 2, 2, 1, 1, 1),
    "LAIN": (3, 3, 3, 2, 2, 2, 2),
}
OTHER = "LAIN"  # stands in for a category this file does not know

# Categories that a flaring hot-spot brings more of.
TENSE = frozenset({"APK", "RUS", "INT", "KEK", "KRM", "UNR"})

# Probabilities of severity 1 to 4. Severity 5 is placed by count, not by chance.
USUAL_SEVERITY = (0.45, 0.45, 0.09, 0.01)
SEVERITY: dict[str, tuple[float, float, float, float]] = {
    "PU": (0.35, 0.50, 0.14, 0.01),
    "UK-SARA": (0.25, 0.50, 0.23, 0.02),
    "INT": (0.10, 0.45, 0.38, 0.07),
    "KEK": (0.00, 0.08, 0.37, 0.55),
    "RUS": (0.05, 0.40, 0.20, 0.35),
    "UNR": (0.15, 0.35, 0.45, 0.05),
    "KRM": (0.30, 0.40, 0.28, 0.02),
    "PNL": (0.20, 0.35, 0.40, 0.05),
    "SDA": (0.35, 0.40, 0.22, 0.03),
    "BTS": (0.35, 0.40, 0.22, 0.03),
}
VIOLENT = 4  # severity from which a report may be raised to 5
GRAVE = frozenset({"KEK", "RUS"})  # where a severity 5 may happen

OFFICES = (
    "Polsek (simulasi)",
    "Panwascam (simulasi)",
    "Bhabinkamtibmas (simulasi)",
    "Satpol PP (simulasi)",
    "Laporan warga (simulasi)",
)
USUAL_OFFICES = (0.20, 0.25, 0.25, 0.05, 0.25)
OFFICE_SHARES: dict[str, tuple[float, float, float, float, float]] = {
    "APK": (0.03, 0.40, 0.10, 0.32, 0.15),
    "KT": (0.03, 0.55, 0.15, 0.07, 0.20),
    "KLJ": (0.03, 0.55, 0.15, 0.07, 0.20),
    "PU": (0.12, 0.45, 0.18, 0.00, 0.25),
    "INT": (0.45, 0.10, 0.30, 0.00, 0.15),
    "KEK": (0.60, 0.00, 0.28, 0.02, 0.10),
    "RUS": (0.45, 0.08, 0.25, 0.10, 0.12),
    "UNR": (0.50, 0.05, 0.30, 0.10, 0.05),
    "KRM": (0.40, 0.10, 0.30, 0.12, 0.08),
}
BEFORE_DAWN = frozenset({"PU", "KLJ"})  # often happen about 4 o'clock
BEFORE_DAWN_SHARE = 0.5

# How often a station's indicator is ticked, and whether unrest raises it.
INDICATORS: dict[str, tuple[float, bool]] = {
    "V1.1": (0.17, False),
    "V1.2": (0.10, False),
    "V1.3": (0.03, False),
    "V1.4": (0.05, False),
    "V1.5": (0.20, False),
    "V1.7": (0.006, True),
    "V2.1": (0.008, True),
    "V2.2": (0.012, True),
    "V2.3": (0.004, True),
    "V3.1": (0.020, True),
    "V4.1": (0.002, True),
    "V5.1": (0.005, True),
    "V5.2": (0.006, True),
    "V6.1": (0.006, False),
    "V6.2": (0.012, False),
    "V6.3": (0.015, False),
    "V6.4": (0.004, False),
    "V7.1": (0.030, False),
    "V7.2": (0.012, True),
    "V7.3": (0.050, False),
    "V7.4": (0.030, False),
    "V7.5": (0.010, False),
    "V7.6": (0.020, False),
    "V7.7": (0.004, False),
    "V8.1": (0.060, False),
    "V8.2": (0.010, False),
}
NOT_ASKED = 0.02  # of all answers, besides the areas where nobody asked
POLICE_CLASSES = ("kurang rawan", "rawan", "sangat rawan")
POLICE_CLASS_SHARES = (0.82, 0.14, 0.04)

# How busy it is, and where.
AREA_EFFECT = 0.65  # standard deviation of the log of an area's rate, half of it shared by near areas
RAMP = 1.1  # log of how many times busier voting day is than the first day
AFTERMATH_DAYS = 10.0  # after voting day the rate falls by a factor e in this time
FLARE_DAYS = (38, 30)  # how long before the end the hot-spots begin
FLARE_SHARES = (0.045, 0.03)  # of all rows, before what they trigger
FLARE_TENSION = 2.0  # how many times more of the categories in `TENSE`
INHERITED_CATEGORY = 0.35  # of triggered events: same category as the event before

# How events become reports.
MEAN_DELAY_DAYS = 2.0
UNDATED = 0.03
WITHOUT_COORDINATES = 0.12
DISTRICT_ONLY = 0.004
WITHOUT_AREA_CODE = 0.08
WITHOUT_HOUR = 0.2
SYNONYMS = 0.15
ROWS_PER_ODDITY = 150  # one row in so many lies outside, and one contradicts its stated area
ROWS_PER_GRAVEST = 500  # one row in so many has severity 5
MOST_GRAVEST = 4
PRECISIONS = ("titik", "rt", "kelurahan")
PRECISION_SHARES = (0.83, 0.13, 0.04)
NEW = "masuk"
NEW_SHARE = 0.33  # of all rows, more of the recent ones
SETTLED = ("terverifikasi", "tidak_dapat_dipastikan", "ditolak")
SETTLED_SHARES = (0.82, 0.105, 0.075)
