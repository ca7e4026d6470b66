// One element of any 4-byte type.
alias lane = u32;
