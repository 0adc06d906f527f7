"""What is printed? Every sheet as a tagged PDF, from the same data as the pages."""
