"""The clip endpoint as a first version has it: one row a frame, one row a keypoint."""
