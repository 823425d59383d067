//! Instruction emission shared by Gantry's backends.
