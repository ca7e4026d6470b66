// Places of one row at a time.
alias Index = i32;
alias Flag = bool;
