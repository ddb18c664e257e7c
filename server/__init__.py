"""The central server: one authority for many laptops, on an encrypted SQLite file or PostgreSQL."""
