"""The whole journey: two laptops, one real server process, offscreen, with pictures and papers as evidence."""
