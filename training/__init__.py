"""What makes the shipped numbers: the labelled sentences, and the scripts that learn from them. Not part of the package."""
