"""The places and people of the tour."""

VILLAGES = ("3574031001", "3574031002", "3574031004", "3574031007", "3574031010")  # Kecamatan Mayangan
KECAMATAN = "357403"
NEXT = VILLAGES[1]  # Kelurahan Mangunharjo
GUESTS = "3574021001"  # Kelurahan Jrebeng Kidul, Kecamatan Wonoasih: none of theirs
PREDECESSOR, CONSULTANT, THEIR_KASIE, SUCCESSOR = "Sri Wahyuni", "Dewi Anggraini", "Rini Astuti", "Endang Susilowati"
STAFF = (  # name, role, region, scopes; the two first begin with a laptop each
    (PREDECESSOR, "kasie", VILLAGES[0], VILLAGES),
    (CONSULTANT, "consultant", KECAMATAN, (*VILLAGES, KECAMATAN)),
    (THEIR_KASIE, "kasie", GUESTS, (GUESTS,)),
)
NOWHERE = "https://127.0.0.1:9"  # where no server is: a laptop without a line
