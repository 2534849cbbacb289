"""What a style editor and the shop agree on: versions that never change, and who accepted which."""
