"""What two texts say alike: numbers and dates, sentences, statements; facts, and where they differ."""
