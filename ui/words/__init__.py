"""The words of the screens, one file for each screen, Indonesian and English side by side."""
