"""How the benchmark of the receiver starts servers, drives them, reads what they recorded and writes its tables."""
