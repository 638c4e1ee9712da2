"""HTTP under /api. A view asks a selector or a service and tells the answer, nothing else."""
