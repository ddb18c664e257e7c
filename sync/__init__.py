"""Keeping the laptops and the server equal. Knows no Qt; only `transport` knows the network."""
