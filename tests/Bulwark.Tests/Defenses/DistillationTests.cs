using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Tensors;
using Bulwark.Tests.Models.Classifiers;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class DistillationTests
{
    /// <summary>At T = 1 the teacher is the plain model, and a student of itself sees −Σ p ln p: the entropy of its own answers.</summary>
    [Fact]
    public void AtATemperatureOfOneTheFormulasArePlain()
    {
        var (batch, at) = DefenseWorld.Small();
        var model = DefenseWorld.Model;
        Assert.Equal(ClassifierObjectives.CrossEntropy(model)(batch, null)(at).Sum().Item(), new Distillation(1).Teacher(model)(batch, null)(at).Sum().Item(), 1e-5f);
        var p = model.Logits(at).Softmax().Values.ToArray();
        Assert.Equal(-p.Sum(x => x * MathF.Log(x)), new Distillation(1).Student(model, model, at)(batch, null)(at).Sum().Item(), 1e-4f);
    }

    /// <summary>The student's loss is least at the teacher: its gradient there is zero, whatever the labels.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void TheTeacherIsItsOwnBestStudent(float temperature)
    {
        var (batch, at) = DefenseWorld.Small();
        var gradient = Grad.Of(new Distillation(temperature).Student(DefenseWorld.Model, DefenseWorld.Model, at)(batch, null), at).Move;
        foreach (var variable in gradient.Variables) Assert.All(gradient[variable].Values.ToArray(), g => Assert.Equal(0, g, 1e-5f));
    }

    /// <summary>
    /// What it is: for half of all inputs the slope of the student's own cross-entropy is less than a tenth of what it is at z/T, which hides the model from
    /// attacks that follow it; attacked at z/T it withstands nothing.
    /// </summary>
    [Fact]
    public void ItMasksGradientsAndIsNotRobust()
    {
        var (model, distillation) = (DefenseWorld.BarsModel, new Distillation(10));
        var teacher = DefenseWorld.Trained(distillation.Teacher(model), 30);
        var student = DefenseWorld.Trained(distillation.Student(model, model, teacher), 30);
        var batch = new InputBatch();
        batch.Fill(Bars.Test, [.. Enumerable.Range(0, Bars.Test.Count)]);
        var (at, aware) = (student.With(model.Inputs, batch.Inputs), distillation.Teacher(model)(batch, null));
        var (naive, atT) = (Slope(ClassifierObjectives.CrossEntropy(model)(batch, null)), Slope(aware));
        Assert.True(naive < 0.1 * atT, $"{naive} as it stands, {atT} at T");

        var moved = (at + GradientAscent.Pgd(10).Find(aware, at, DefenseWorld.BarsThreat, new Rng(1)))[model.Inputs];
        var clean = Accuracy.Of(model, student, Bars.Test);
        var attacked = Accuracy.Of(model, student, new(Bars.Test.Input, moved.Values.ToArray(), Bars.Test.Labels.ToArray()));
        Assert.True(clean > 0.8 && attacked < 0.1, $"{clean} clean, {attacked} attacked");

        float Slope(Loss loss) => Grad.Of(loss, at, model.Inputs).Move[model.Inputs].NormOfRows().Values.ToArray().Order().ElementAt(Bars.Test.Count / 2);
    }
}
