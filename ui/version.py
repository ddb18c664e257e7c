"""The version that people see and report."""

VERSION = "0.1.0"
