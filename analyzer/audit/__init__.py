"""From a report and its projects to an audit, and an audit to a document."""
