using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>What a <see cref="DigitJudge"/> says of digits.</summary>
/// <param name="Classes">Of how many classes it is sure in 1% of them or more.</param>
/// <param name="Rarest">The share of the class that it is sure of most rarely.</param>
/// <param name="Sure">The share of which it is sure: with a confidence of .9 or more.</param>
/// <param name="Distance">The Fréchet distance, in its features, to real ones.</param>
internal sealed record DigitFigures(int Classes, double Rarest, double Sure, double Distance)
{
    public const string SureName = "Share at confidence .9", DistanceName = "Fréchet distance";

    public IEnumerable<(string Metric, double Value)> All() =>
        [(SureName, Sure), (DistanceName, Distance), ("Classes seen in 1% or more", Classes), ("Rarest class", Rarest)];
}

/// <summary>A classifier of real digits, and its features of real ones that it has not learned from. No generator sees either.</summary>
internal sealed class DigitJudge
{
    private const int Chunk = 500;
    private const float Confidence = 0.9f;

    private readonly ConvolutionalClassifier _model;
    private readonly Point _at;
    private readonly Tensor _real;

    private DigitJudge(ConvolutionalClassifier model, Point at, Tensor real) => (_model, _at, _real) = (model, at, Features(model, at, real));

    /// <summary>Trained for <c>--judge-epochs</c>, or as <c>--judge file</c> keeps it.</summary>
    public static DigitJudge Of(LabeledInputs train, LabeledInputs test, Tensor real, string part, Arguments options)
    {
        var (model, epochs) = (new ConvolutionalClassifier(train.Input, 10, new(Dropout: 0.4f)), options.Int("judge-epochs", 3));
        var (at, file) = (model.Start(new Rng(1).Fork("start")), options.Text("judge"));
        if (file is not null && File.Exists(file))
        {
            var saved = Safetensors.Read(file).Entries.ToDictionary(entry => entry.Name, entry => entry.Value);
            foreach (var variable in at.Variables) at = at.With(variable, saved[variable.Name]);
        }
        else
        {
            at = Trained(model, at, train, epochs);
            if (file is not null) Safetensors.Write(file, [.. at.Variables.ToArray().Select(variable => (variable.Name, at[variable]))]);
        }
        new Figure("mnist-gan", "judge", $"{epochs} epochs", 1, part, "accuracy", Accuracy.Of(model, at, test), null, 0).Print();
        return new(model, at, real);
    }

    public DigitFigures Figures(Tensor digits)
    {
        var (classes, count) = (new int[10], digits.Shape[0]);
        var probabilities = Chunks(digits, chunk => _model.Logits(_at.With(_model.Inputs, chunk)).Softmax());
        for (var i = 0; i < count; i++)
        {
            var row = probabilities.Values.Slice(10 * i, 10);
            var best = row.IndexOf(row.ToArray().Max());
            if (row[best] >= Confidence) classes[best]++;
        }
        return new(
            classes.Count(sure => sure >= count / 100), (double)classes.Min() / count, (double)classes.Sum() / count,
            FrechetDistance.Between(Features(_model, _at, digits), _real));
    }

    private static Point Trained(ConvolutionalClassifier model, Point start, LabeledInputs train, int epochs)
    {
        var rng = new Rng(1);
        var source = new InputSource(train, 100, rng.Fork("batches"));
        var options = new TrainingOptions { Rule = new Adam(0.001f), Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch), Ahead = Team.Threads > 1 };
        var stage = new Stage<InputBatch>("judge", epochs, ClassifierObjectives.OnInputs(model, ClassifierObjectives.CrossEntropy(model)));
        return new Trainer<InputBatch>(source, [stage], options).Run(start, rng, null, new EpochLines()).At;
    }

    private static Tensor Features(ConvolutionalClassifier model, Point at, Tensor digits) =>
        Chunks(digits, chunk => model.Features(at.With(model.Inputs, chunk)));

    private static Tensor Chunks(Tensor digits, Func<Tensor, Tensor> of)
    {
        var chunks = new Tensor[digits.Shape[0] / Chunk];
        for (var i = 0; i < chunks.Length; i++)
        {
            using var scope = Scope.Open();
            chunks[i] = of(digits.Slice(0, i * Chunk, Chunk)).Keep();
        }
        return Tensor.Concat(0, chunks);
    }
}
