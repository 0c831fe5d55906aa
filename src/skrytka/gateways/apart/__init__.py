"""What processes that read hostile files share: how they start, end, are bounded and watched."""
