"""How the benchmark of the warped clock runs programs, judges what the receiver saw and writes its tables."""
