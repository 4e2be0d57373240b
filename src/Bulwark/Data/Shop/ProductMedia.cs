using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>
/// What products of a generated shop look and sound like, a row each in the order of the catalog, labeled with the category. A picture and the words of a product
/// have causes in common (category, brand, style), and so have the two tracks of its clip (category, style), so that the right completion of one by the other
/// is known.
/// </summary>
/// <param name="Pictures">8 × 8 pixels of red, green and blue in [0, 1].</param>
/// <param name="Sounds">The energy of a clip's sound in 16 bands.</param>
/// <param name="Frames">Brightness, motion and warmth of a clip's 8 frames, frame by frame.</param>
public sealed record ProductMedia(LabeledInputs Pictures, LabeledInputs Sounds, LabeledInputs Frames)
{
    /// <summary>All pictures as one tensor, rounded to 255ths as files hold them: (products, 8, 8, 3).</summary>
    internal Tensor PicturesOfAll()
    {
        var values = new float[Pictures.Count * Pictures.Input.Count];
        for (var product = 0; product < Pictures.Count; product++)
            for (var p = 0; p < Pictures.Input.Count; p++) values[product * Pictures.Input.Count + p] = MathF.Round(Pictures[product][p] * 255) / 255f;
        return Tensor.Of(Pictures.ShapeOf(Pictures.Count), values);
    }
}
