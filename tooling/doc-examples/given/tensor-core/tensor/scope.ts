export const train = async (model: { readonly flat: { readonly size: number } }): Promise<number> =>
  model.flat.size;
