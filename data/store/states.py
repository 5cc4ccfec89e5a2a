"""States that a report of an incident can be in, and which of them count as verified."""

REJECTED = "ditolak"
UNCHECKED = "masuk"
# Whoever handles or has settled an incident has no doubt that it happened.
VERIFIED = ("terverifikasi", "ditangani", "selesai")
STATES = ("terverifikasi", "ditangani", "selesai", UNCHECKED, "tidak_dapat_dipastikan", REJECTED)
SOURCE_GRADES = ("A", "B", "C", "D", "E", "F")
CONTENT_GRADES = ("1", "2", "3", "4", "5", "6")
