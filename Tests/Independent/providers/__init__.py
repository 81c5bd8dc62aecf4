"""What each provider promises, written from its own documents."""
