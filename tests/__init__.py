"""The tests: domain, use cases, web, browser, and rules about the code itself."""
