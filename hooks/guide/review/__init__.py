"""What is old, and who has read it?"""
