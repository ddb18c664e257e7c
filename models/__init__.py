"""What is recorded: declarations, rules and the encrypted local store. Knows no Qt and no network."""
