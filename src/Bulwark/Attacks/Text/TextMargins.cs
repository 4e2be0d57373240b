using Bulwark.Models.Classifiers;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Text;

/// <summary>How wrong a text classifier is.</summary>
public static class TextMargins
{
    /// <summary>max_{i≠y} z_i − z_y of each text: above 0 iff the class has lost.</summary>
    /// <param name="model">The formula.</param>
    /// <param name="at">Its weights.</param>
    /// <param name="pieces">Text to pieces.</param>
    /// <param name="most">The longest sequence.</param>
    /// <param name="label">y.</param>
    public static TextScores Of(ITextClassifier model, Point at, WordPiece pieces, int most, int label)
    {
        var batch = new TokenBatch();
        return texts =>
        {
            using var scope = Scope.Open();
            batch.Fill([.. texts.Select(text => pieces.Encode(text, most))], pieces.Pad);
            var logits = model.Logits(at.With(model.Inputs, model.Embed(at, batch)), batch);     // (texts, classes)
            return logits.Margin(new Ids([.. texts.Select(_ => label)])).Values.ToArray();
        };
    }
}
