"""The door for Python programs: what `import mscev` stands on."""
