"""A seeded simulation of laptops and a server that lose answers, crash and disagree about the time."""
