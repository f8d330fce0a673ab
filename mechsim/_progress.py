"""Progress bars, in terminals and in notebooks."""

import warnings

with warnings.catch_warnings():  # where notebooks have no widgets the bar is text, without a word
    warnings.simplefilter("ignore")
    from tqdm.auto import tqdm as tqdm
