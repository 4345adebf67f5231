"""Programs in JavaScript that the tests start; `make tools` installs what they need."""
