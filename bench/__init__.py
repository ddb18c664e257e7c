"""Measurements. Figures are medians and ratios within one run: machines differ and drift."""
