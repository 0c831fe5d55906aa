"""What is kept from everybody because malware was found in it."""
