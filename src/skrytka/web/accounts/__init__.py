"""Sign-up, log-in, second factors, parties and the confirmed profile."""
