"""What is known of outgoing letters and their deliveries."""
