// What pad.wgsl and pad-quads.wgsl take: up to five axes. Leading axes of extent 1 fill up to `rank`; the outermost extent of out
// is not needed.
override rank: u32 = 5;

struct Params {
  size: u32,     // of out: lanes of pad.wgsl, elements of pad-quads.wgsl
  padding: u32,  // bits of the padding value
  out1: u32,
  out2: u32,
  out3: u32,
  out4: u32,
  in0: u32,
  in1: u32,
  in2: u32,
  in3: u32,
  in4: u32,
  before0: u32,
  before1: u32,
  before2: u32,
  before3: u32,
  before4: u32,
}
var<immediate> params: Params;
