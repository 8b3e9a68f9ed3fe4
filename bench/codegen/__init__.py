"""What generating costs for a given document, and whether what comes out holds."""
