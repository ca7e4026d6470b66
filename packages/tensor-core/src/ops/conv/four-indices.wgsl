// Places of four rows at a time.
alias Index = vec4i;
alias Flag = vec4<bool>;
