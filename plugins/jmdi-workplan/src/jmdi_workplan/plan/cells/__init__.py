"""What the cells of an action say: one module for each thing that they can say."""
