// Four consecutive elements; all sizes, strides and offsets count vectors of four.
alias lane = vec4u;
