using System.Text;
using Bulwark.Cli;
using Bulwark.Cli.Output;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>                    // the first Ctrl+C asks to stop, a second one ends the process
{
    pressed.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
};
Console.OutputEncoding = new UTF8Encoding(false);
return Cli.Run(args, new Terminal(Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected), interrupt.Token);
