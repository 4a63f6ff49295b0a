"""The technician's day and the appointment card."""
