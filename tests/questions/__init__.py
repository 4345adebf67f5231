"""The competency questions and their exact answers, each checked by hand against the article."""
