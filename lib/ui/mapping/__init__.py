"""The views of the pages under pages/pemetaan."""
