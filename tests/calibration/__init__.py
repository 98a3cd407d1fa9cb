"""What confidences are worth is reckoned right, and told where people look."""
