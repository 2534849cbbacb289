"""Looks: pieces put together by an editor, published as a page where the whole look is bought."""
