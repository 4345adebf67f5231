"""What strangers may and may not: keys, limits, headers, proxies, secrets, and the page that promises it."""
