"""What does the guide know? Every file of `data/`, read, validated and cross-checked at once."""
