<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>photoclust</name>
    <message>
      <source>&amp;Edit</source>
      <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
      <source>&amp;File</source>
      <translation>&amp;Datei</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>&amp;Hilfe</translation>
    </message>
    <message>
      <source>&amp;Person</source>
      <translation>&amp;Person</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>&amp;Ansicht</translation>
    </message>
    <message>
      <source>--restore brings back {name}</source>
      <translation>--restore holt {name} zurück</translation>
    </message>
    <message>
      <source>1 person divided into {count}</source>
      <translation>1 Person in {count} aufgeteilt</translation>
    </message>
    <message>
      <source>99 % sure</source>
      <translation>Zu 99 % sicher</translation>
    </message>
    <message>
      <source>A face cannot be told apart from itself; please choose two.</source>
      <translation>Ein Gesicht lässt sich nicht von sich selbst unterscheiden; bitte zwei auswählen.</translation>
    </message>
    <message>
      <source>A face in {one_photo} and one in {other_photo} were said to be one person, but later decisions make them two; the later decisions stand.</source>
      <translation>Ein Gesicht in {one_photo} und eines in {other_photo} galten als eine Person, aber nach späteren Entscheidungen sind es zwei; die späteren gelten.</translation>
    </message>
    <message>
      <source>A face in {one_photo} and one in {other_photo} were said to be two persons, but later decisions make them one; the later decisions stand.</source>
      <translation>Ein Gesicht in {one_photo} und eines in {other_photo} galten als zwei Personen, aber nach späteren Entscheidungen ist es eine; die späteren gelten.</translation>
    </message>
    <message>
      <source>A name, a date (2019, 2019-07, 2018..2020), or words of a file name</source>
      <translation>Ein Name, ein Datum (2019, 2019-07, 2018..2020), ein Dateiname</translation>
    </message>
    <message>
      <source>A photo is too large for the disk of “{where}”. Choose a folder on another disk.</source>
      <translation>Ein Foto ist zu groß für den Datenträger von „{where}“. Bitte einen Ordner auf einem anderen Datenträger wählen.</translation>
    </message>
    <message>
      <source>A pointer to the photo. Takes no room; breaks when the photo is moved.</source>
      <translation>Ein Verweis auf das Foto. Braucht keinen Platz; führt ins Leere, wenn das Foto verschoben wird.</translation>
    </message>
    <message>
      <source>A second name for the same file. Takes no room; works on the same disk only.</source>
      <translation>Ein zweiter Name für dieselbe Datei. Braucht keinen Platz; geht nur auf demselben Datenträger.</translation>
    </message>
    <message>
      <source>A stranger</source>
      <translation>Jemand Fremdes</translation>
    </message>
    <message>
      <source>About photoclust</source>
      <translation>Über photoclust</translation>
    </message>
    <message numerus="yes">
      <source>about {n} hours left</source>
      <translation>
        <numerusform>noch etwa {n} Stunde</numerusform>
        <numerusform>noch etwa {n} Stunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about {n} minutes left</source>
      <translation>
        <numerusform>noch etwa {n} Minute</numerusform>
        <numerusform>noch etwa {n} Minuten</numerusform>
      </translation>
    </message>
    <message>
      <source>Action</source>
      <translation>Befehl</translation>
    </message>
    <message>
      <source>Actual size</source>
      <translation>Tatsächliche Größe</translation>
    </message>
    <message>
      <source>Add a name</source>
      <translation>Namen hinzufügen</translation>
    </message>
    <message numerus="yes">
      <source>Album of {n} photos</source>
      <translation>
        <numerusform>Album aus {n} Foto</numerusform>
        <numerusform>Album aus {n} Fotos</numerusform>
      </translation>
    </message>
    <message>
      <source>Albums</source>
      <translation>Alben</translation>
    </message>
    <message>
      <source>All</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>All as at first</source>
      <translation>Alle wie am Anfang</translation>
    </message>
    <message>
      <source>All faces are grouped as they would be again.</source>
      <translation>Alle Gesichter sind schon so gruppiert, wie sie es wieder würden.</translation>
    </message>
    <message>
      <source>All files</source>
      <translation>Alle Dateien</translation>
    </message>
    <message>
      <source>All photos</source>
      <translation>Alle Fotos</translation>
    </message>
    <message>
      <source>All their faces will be in one album called {name}. You can undo this.</source>
      <translation>Alle ihre Gesichter kommen in ein Album namens {name}. Das lässt sich rückgängig machen.</translation>
    </message>
    <message numerus="yes">
      <source>Also add {n} faces to {persons}</source>
      <translation>
        <numerusform>Auch {n} Gesicht zu {persons} legen</numerusform>
        <numerusform>Auch {n} Gesichter zu {persons} legen</numerusform>
      </translation>
    </message>
    <message>
      <source>an unnamed person</source>
      <translation>„Unbenannt“</translation>
    </message>
    <message>
      <source>and others.</source>
      <translation>und andere.</translation>
    </message>
    <message numerus="yes">
      <source>And {n} more.</source>
      <translation>
        <numerusform>Und {n} weitere.</numerusform>
        <numerusform>Und {n} weitere.</numerusform>
      </translation>
    </message>
    <message>
      <source>Another photoclust has this library open. Close it there and try again.</source>
      <translation>Ein anderes photoclust hat diese Bibliothek geöffnet. Bitte dort schließen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Another photoclust has this library open: here you can only look. Close that one, then open this one again.</source>
      <translation>Ein anderes photoclust hat diese Bibliothek geöffnet: Hier lässt sich nur schauen. Bitte jenes schließen und dieses neu öffnen.</translation>
    </message>
    <message>
      <source>Another program is busy with the library {path}; please try again in a moment.</source>
      <translation>Ein anderes Programm ist mit der Bibliothek {path} beschäftigt; bitte gleich noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Answer a few questions</source>
      <translation>Ein paar Fragen beantworten</translation>
    </message>
    <message>
      <source>Answer questions (Ctrl+R)</source>
      <translation>Fragen beantworten (Strg+R)</translation>
    </message>
    <message>
      <source>Apply</source>
      <translation>Anwenden</translation>
    </message>
    <message>
      <source>Are {names} the same person?</source>
      <translation>Sind {names} dieselbe Person?</translation>
    </message>
    <message>
      <source>Arrows move the box, Shift resizes it, Enter takes it, Esc leaves.</source>
      <translation>Pfeile verschieben den Rahmen, mit Umschalt ändern sie die Größe, Enter übernimmt, Esc verlässt.</translation>
    </message>
    <message>
      <source>As at first</source>
      <translation>Wie am Anfang</translation>
    </message>
    <message>
      <source>Ask long shots too</source>
      <translation>Auch Unwahrscheinliches fragen</translation>
    </message>
    <message>
      <source>At least two faces are needed to learn from.</source>
      <translation>Zum Lernen braucht es mindestens zwei Gesichter.</translation>
    </message>
    <message>
      <source>At least two faces of every set are needed to learn from.</source>
      <translation>Zum Lernen braucht es aus jeder Sammlung mindestens zwei Gesichter.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Back to the album</source>
      <translation>Zurück zum Album</translation>
    </message>
    <message>
      <source>Back to the album (Esc)</source>
      <translation>Zurück zum Album (Esc)</translation>
    </message>
    <message>
      <source>Being looked at again…</source>
      <translation>Wird noch einmal angesehen …</translation>
    </message>
    <message>
      <source>Best first</source>
      <translation>Die besten zuerst</translation>
    </message>
    <message>
      <source>Biggest first</source>
      <translation>Die größten zuerst</translation>
    </message>
    <message>
      <source>blurred</source>
      <translation>unscharf</translation>
    </message>
    <message>
      <source>Bring back</source>
      <translation>Zurückholen</translation>
    </message>
    <message>
      <source>Bring back the backup</source>
      <translation>Sicherung zurückholen</translation>
    </message>
    <message numerus="yes">
      <source>Bring back {n} faces</source>
      <translation>
        <numerusform>{n} Gesicht zurückholen</numerusform>
        <numerusform>{n} Gesichter zurückholen</numerusform>
      </translation>
    </message>
    <message>
      <source>By certainty</source>
      <translation>Nach Sicherheit</translation>
    </message>
    <message>
      <source>By date</source>
      <translation>Nach Datum</translation>
    </message>
    <message>
      <source>By name</source>
      <translation>Nach Name</translation>
    </message>
    <message>
      <source>By person</source>
      <translation>Nach Person</translation>
    </message>
    <message>
      <source>Cache</source>
      <translation>Zwischenspeicher</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Change the box</source>
      <translation>Rahmen ändern</translation>
    </message>
    <message>
      <source>Change the box of a face</source>
      <translation>Den Rahmen eines Gesichts ändern</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Check this person</source>
      <translation>Diese Person prüfen</translation>
    </message>
    <message>
      <source>Choose a folder by its whole path, from the root of the disk on.</source>
      <translation>Bitte einen Ordner mit seinem ganzen Pfad angeben, von der Wurzel des Datenträgers an.</translation>
    </message>
    <message>
      <source>Choose a folder to export to.</source>
      <translation>Bitte einen Ordner zum Exportieren wählen.</translation>
    </message>
    <message>
      <source>Choose a person</source>
      <translation>Eine Person wählen</translation>
    </message>
    <message>
      <source>Choose at least one person.</source>
      <translation>Bitte mindestens eine Person wählen.</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Wählen …</translation>
    </message>
    <message>
      <source>Choosing neighbours</source>
      <translation>Nachbarn werden ausgewählt</translation>
    </message>
    <message>
      <source>Chosen face</source>
      <translation>Gewähltes Gesicht</translation>
    </message>
    <message>
      <source>Click for without, or, with; Delete takes it out</source>
      <translation>Klick für ohne, oder, mit; Entf nimmt es heraus</translation>
    </message>
    <message>
      <source>Click here and type. Or press N and go down the list with one hand: a name, Enter, the next one.</source>
      <translation>Hier klicken und tippen. Oder N drücken und mit einer Hand die Liste hinuntergehen: ein Name, Enter, die nächste Person.</translation>
    </message>
    <message>
      <source>Click takes it out</source>
      <translation>Klick nimmt es heraus</translation>
    </message>
    <message>
      <source>Click to rename (F2)</source>
      <translation>Zum Umbenennen klicken (F2)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close the history</source>
      <translation>Verlauf schließen</translation>
    </message>
    <message>
      <source>Close window</source>
      <translation>Fenster schließen</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Farben</translation>
    </message>
    <message>
      <source>Comparing</source>
      <translation>Vergleich läuft</translation>
    </message>
    <message>
      <source>Comparing faces</source>
      <translation>Gesichter werden verglichen</translation>
    </message>
    <message>
      <source>Comparing neighbours</source>
      <translation>Nachbarn werden verglichen</translation>
    </message>
    <message>
      <source>Comparing persons</source>
      <translation>Personen werden verglichen</translation>
    </message>
    <message>
      <source>Comparing the faces of each photo</source>
      <translation>Gesichter desselben Fotos werden verglichen</translation>
    </message>
    <message>
      <source>Confirm</source>
      <translation>Bestätigen</translation>
    </message>
    <message>
      <source>Confirm all faces</source>
      <translation>Alle Gesichter bestätigen</translation>
    </message>
    <message numerus="yes">
      <source>Confirm {n} faces</source>
      <translation>
        <numerusform>{n} Gesicht bestätigen</numerusform>
        <numerusform>{n} Gesichter bestätigen</numerusform>
      </translation>
    </message>
    <message>
      <source>Copies {photos} into “{folder}”.</source>
      <translation>Kopiert {photos} nach „{folder}“.</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy path</source>
      <translation>Pfad kopieren</translation>
    </message>
    <message>
      <source>Copy the library to {folder}</source>
      <translation>Bibliothek nach {folder} kopieren</translation>
    </message>
    <message>
      <source>Copying photos</source>
      <translation>Fotos werden kopiert</translation>
    </message>
    <message>
      <source>Copying the library</source>
      <translation>Bibliothek wird kopiert</translation>
    </message>
    <message>
      <source>Count strangers</source>
      <translation>Fremde mitzählen</translation>
    </message>
    <message>
      <source>Counting persons</source>
      <translation>Personen werden gezählt</translation>
    </message>
    <message>
      <source>Ctrl+R asks what settles most faces first: yes or no, one key each. What you have answered is never asked again.</source>
      <translation>Strg+R fragt zuerst, was die meisten Gesichter klärt: Ja oder Nein, je eine Taste. Was beantwortet ist, wird nie wieder gefragt.</translation>
    </message>
    <message>
      <source>Ctrl+Z takes an answer back</source>
      <translation>Strg+Z nimmt eine Antwort zurück</translation>
    </message>
    <message>
      <source>Ctrl+Z takes back every step, also tomorrow; Ctrl+H shows them all. Your photos are never changed. The menus tell every key, and Help shows this tour again.</source>
      <translation>Strg+Z nimmt jeden Schritt zurück, auch morgen noch; Strg+H zeigt sie alle. Die Fotos werden nie verändert. Die Menüs nennen jede Taste, und die Hilfe zeigt diesen Rundgang noch einmal.</translation>
    </message>
    <message>
      <source>d MMMM yyyy</source>
      <translation>d. MMMM yyyy</translation>
    </message>
    <message>
      <source>d MMMM yyyy, HH:mm</source>
      <translation>d. MMMM yyyy, HH:mm</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>dark</source>
      <translation>dunkel</translation>
    </message>
    <message>
      <source>Decoding the photo took more than {seconds} seconds and was stopped.</source>
      <translation>Das Entpacken des Fotos dauerte mehr als {seconds} Sekunden und wurde abgebrochen.</translation>
    </message>
    <message>
      <source>Dividing…</source>
      <translation>Wird aufgeteilt …</translation>
    </message>
    <message>
      <source>Do not do this</source>
      <translation>Nicht ausführen</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Done again: {what}</source>
      <translation>Wiederholt: {what}</translation>
    </message>
    <message>
      <source>Drag a box around the face, or get one by an arrow key. Esc leaves.</source>
      <translation>Einen Rahmen um das Gesicht ziehen oder mit einer Pfeiltaste holen. Esc verlässt.</translation>
    </message>
    <message>
      <source>Drag a few faces to the other side, or select them and press Enter: the rest follows by itself. Space keeps faces where they are. One undo takes all of it back.</source>
      <translation>Ein paar Gesichter auf die andere Seite ziehen oder auswählen und Enter drücken: Der Rest folgt von selbst. Die Leertaste hält Gesichter, wo sie sind. Einmal Rückgängig nimmt alles zurück.</translation>
    </message>
    <message>
      <source>Drag the faces of strangers here, or select them and press I.</source>
      <translation>Gesichter von Fremden hierher ziehen oder auswählen und I drücken.</translation>
    </message>
    <message>
      <source>Draw the demo album</source>
      <translation>Beispielalbum zeichnen</translation>
    </message>
    <message>
      <source>Drawing the demo album</source>
      <translation>Beispielalbum wird gezeichnet</translation>
    </message>
    <message>
      <source>Drawn by hand</source>
      <translation>Von Hand gezeichnet</translation>
    </message>
    <message>
      <source>Drop a folder of photos here</source>
      <translation>Einen Ordner mit Fotos hier ablegen</translation>
    </message>
    <message>
      <source>Drop faces here to make a new person of them</source>
      <translation>Gesichter hier ablegen, um daraus eine neue Person zu machen</translation>
    </message>
    <message>
      <source>Each row is a person that was found. Click one to see the faces. Drag faces onto a row to move them there.</source>
      <translation>Jede Zeile ist eine gefundene Person. Ein Klick zeigt ihre Gesichter. Gesichter auf eine Zeile ziehen verschiebt sie dorthin.</translation>
    </message>
    <message>
      <source>End the tour (Esc)</source>
      <translation>Rundgang beenden (Esc)</translation>
    </message>
    <message>
      <source>Enter: it is right, Delete: not this person</source>
      <translation>Enter: stimmt, Entf: nicht diese Person</translation>
    </message>
    <message>
      <source>Esc leaves</source>
      <translation>Esc führt zurück</translation>
    </message>
    <message>
      <source>Every answer is in the album. New photos bring new questions.</source>
      <translation>Jede Antwort steht im Album. Neue Fotos bringen neue Fragen.</translation>
    </message>
    <message>
      <source>Every face belongs to a person.</source>
      <translation>Jedes Gesicht gehört zu einer Person.</translation>
    </message>
    <message>
      <source>Every photo could be read.</source>
      <translation>Jedes Foto ließ sich lesen.</translation>
    </message>
    <message>
      <source>Every photo is copied. Takes room; the copies can be given away or moved to another disk.</source>
      <translation>Jedes Foto wird kopiert. Braucht Platz; die Kopien lassen sich weitergeben oder auf einen anderen Datenträger verschieben.</translation>
    </message>
    <message>
      <source>Everybody in your photos</source>
      <translation>Alle auf den Fotos</translation>
    </message>
    <message>
      <source>Everything is as at first again; what it said is kept in {file}.</source>
      <translation>Alles ist wieder wie am Anfang; was darin stand, bleibt in {file} erhalten.</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Export albums</source>
      <translation>Alben exportieren</translation>
    </message>
    <message>
      <source>Export albums to</source>
      <translation>Alben exportieren nach</translation>
    </message>
    <message>
      <source>Export photos</source>
      <translation>Fotos exportieren</translation>
    </message>
    <message>
      <source>Export these photos…</source>
      <translation>Diese Fotos exportieren …</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren …</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>Belichtung</translation>
    </message>
    <message>
      <source>F&amp;aces</source>
      <translation>&amp;Gesichter</translation>
    </message>
    <message>
      <source>Face</source>
      <translation>Gesicht</translation>
    </message>
    <message>
      <source>Face {number}, {state}</source>
      <translation>Gesicht {number}, {state}</translation>
    </message>
    <message>
      <source>Faces</source>
      <translation>Gesichter</translation>
    </message>
    <message>
      <source>Faces are found by YuNet (© 2020 Shiqi Yu, MIT License) and told apart by SFace (Apache License 2.0), both from the OpenCV Zoo. photoclust itself is under the Apache License 2.0.</source>
      <translation>Gesichter findet YuNet (© 2020 Shiqi Yu, MIT License), und SFace unterscheidet sie (Apache License 2.0); beide stammen aus dem OpenCV Zoo. photoclust selbst steht unter der Apache License 2.0.</translation>
    </message>
    <message>
      <source>Faces that leave</source>
      <translation>Gesichter, die gehen</translation>
    </message>
    <message>
      <source>Faces that stay</source>
      <translation>Gesichter, die bleiben</translation>
    </message>
    <message>
      <source>Faces that you placed or confirmed stay as they are.</source>
      <translation>Von Hand zugeordnete oder bestätigte Gesichter bleiben, wie sie sind.</translation>
    </message>
    <message>
      <source>Faces to learn from are needed, and their vectors must be equally long in all sets.</source>
      <translation>Zum Lernen braucht es Gesichter, deren Vektoren in allen Sammlungen gleich lang sind.</translation>
    </message>
    <message>
      <source>Faces: {names}</source>
      <translation>Gesichter: {names}</translation>
    </message>
    <message>
      <source>Fair</source>
      <translation>Mittel</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Find photos</source>
      <translation>Fotos finden</translation>
    </message>
    <message>
      <source>Find photos…</source>
      <translation>Fotos finden …</translation>
    </message>
    <message>
      <source>Fit into the window</source>
      <translation>Ins Fenster einpassen</translation>
    </message>
    <message>
      <source>Focal length</source>
      <translation>Brennweite</translation>
    </message>
    <message>
      <source>Fold copies and bursts</source>
      <translation>Kopien und Serien zusammenfalten</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Folder to export to</source>
      <translation>Ordner, in den exportiert wird</translation>
    </message>
    <message>
      <source>Folders</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Folders in this library</source>
      <translation>Ordner dieser Bibliothek</translation>
    </message>
    <message>
      <source>Folders…</source>
      <translation>Ordner …</translation>
    </message>
    <message>
      <source>Forget</source>
      <translation>Vergessen</translation>
    </message>
    <message>
      <source>Forget missing photos</source>
      <translation>Fehlende Fotos vergessen</translation>
    </message>
    <message>
      <source>Forget missing photos…</source>
      <translation>Fehlende Fotos vergessen …</translation>
    </message>
    <message>
      <source>Forget this list</source>
      <translation>Diese Liste vergessen</translation>
    </message>
    <message numerus="yes">
      <source>Forget {n} missing photos?</source>
      <translation>
        <numerusform>{n} fehlendes Foto vergessen?</numerusform>
        <numerusform>{n} fehlende Fotos vergessen?</numerusform>
      </translation>
    </message>
    <message>
      <source>From a folder of photos to albums of persons, on your own computer. Nothing is sent anywhere, and your photos are never changed.</source>
      <translation>Von einem Ordner voller Fotos zu Alben der Personen, auf dem eigenen Computer. Nichts wird irgendwohin geschickt, und die Fotos werden nie verändert.</translation>
    </message>
    <message>
      <source>General</source>
      <translation>Allgemein</translation>
    </message>
    <message numerus="yes">
      <source>gets {n} faces, has {size}</source>
      <translation>
        <numerusform>bekommt {n} Gesicht, hat {size}</numerusform>
        <numerusform>bekommt {n} Gesichter, hat {size}</numerusform>
      </translation>
    </message>
    <message>
      <source>Getting ready to look for faces</source>
      <translation>Die Suche nach Gesichtern wird vorbereitet</translation>
    </message>
    <message>
      <source>Give the album a name.</source>
      <translation>Bitte dem Album einen Namen geben.</translation>
    </message>
    <message>
      <source>Give them names</source>
      <translation>Namen geben</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Good</source>
      <translation>Gut</translation>
    </message>
    <message>
      <source>Group again</source>
      <translation>Neu gruppieren</translation>
    </message>
    <message>
      <source>Group again…</source>
      <translation>Neu gruppieren …</translation>
    </message>
    <message numerus="yes">
      <source>Group {n} faces</source>
      <translation>
        <numerusform>{n} Gesicht gruppieren</numerusform>
        <numerusform>{n} Gesichter gruppieren</numerusform>
      </translation>
    </message>
    <message>
      <source>Grouping faces</source>
      <translation>Gesichter werden gruppiert</translation>
    </message>
    <message numerus="yes">
      <source>Grouping of {n} faces</source>
      <translation>
        <numerusform>Gruppieren von {n} Gesicht</numerusform>
        <numerusform>Gruppieren von {n} Gesichtern</numerusform>
      </translation>
    </message>
    <message>
      <source>Groups are cut at a level or at a threshold, not at both.</source>
      <translation>Gruppen werden entweder bei einer Stufe oder bei einer Schwelle getrennt, nicht bei beiden.</translation>
    </message>
    <message>
      <source>Hard link</source>
      <translation>Harte Verknüpfung</translation>
    </message>
    <message>
      <source>Hard links cannot lead to another disk, and “{where}” is on one. Copy instead.</source>
      <translation>Harte Verknüpfungen können nicht auf einen anderen Datenträger führen, und „{where}“ liegt auf einem. Bitte stattdessen kopieren.</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>How</source>
      <translation>Wie</translation>
    </message>
    <message>
      <source>How it went</source>
      <translation>Wie es ging</translation>
    </message>
    <message>
      <source>How sure the album is</source>
      <translation>Wie sicher das Album ist</translation>
    </message>
    <message>
      <source>Ignore</source>
      <translation>Ignorieren</translation>
    </message>
    <message>
      <source>Ignore everyone else in this photo</source>
      <translation>Alle anderen auf diesem Foto ignorieren</translation>
    </message>
    <message>
      <source>Ignore person</source>
      <translation>Person ignorieren</translation>
    </message>
    <message numerus="yes">
      <source>Ignore {n} faces</source>
      <translation>
        <numerusform>{n} Gesicht ignorieren</numerusform>
        <numerusform>{n} Gesichter ignorieren</numerusform>
      </translation>
    </message>
    <message>
      <source>Ignored</source>
      <translation>Ignoriert</translation>
    </message>
    <message>
      <source>Import {folder}</source>
      <translation>{folder} importieren</translation>
    </message>
    <message>
      <source>Imports, groupings and everything else that takes long is here.</source>
      <translation>Importe, Gruppierungen und alles andere, was lange dauert, steht hier.</translation>
    </message>
    <message>
      <source>Information</source>
      <translation>Angaben</translation>
    </message>
    <message>
      <source>Is this the same person?</source>
      <translation>Ist das dieselbe Person?</translation>
    </message>
    <message>
      <source>Is this {name}?</source>
      <translation>Ist das {name}?</translation>
    </message>
    <message>
      <source>Is this {name}? Enter: yes</source>
      <translation>Ist das {name}? Enter: ja</translation>
    </message>
    <message>
      <source>ISO</source>
      <translation>ISO</translation>
    </message>
    <message>
      <source>It is a folder, not a photo.</source>
      <translation>Es ist ein Ordner, kein Foto.</translation>
    </message>
    <message>
      <source>It is a link that leads back to itself.</source>
      <translation>Es ist eine Verknüpfung, die auf sich selbst zurückführt.</translation>
    </message>
    <message>
      <source>It is no file any more.</source>
      <translation>Es ist keine Datei mehr.</translation>
    </message>
    <message>
      <source>It is no longer in the library.</source>
      <translation>Es ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
      <source>It is no longer there.</source>
      <translation>Es ist nicht mehr da.</translation>
    </message>
    <message>
      <source>Its path is too long.</source>
      <translation>Der Pfad ist zu lang.</translation>
    </message>
    <message>
      <source>Job</source>
      <translation>Aufgabe</translation>
    </message>
    <message>
      <source>Jobs</source>
      <translation>Aufgaben</translation>
    </message>
    <message>
      <source>Jobs that wait or ended</source>
      <translation>Aufgaben, die warten oder fertig sind</translation>
    </message>
    <message numerus="yes">
      <source>joined with {n} persons</source>
      <translation>
        <numerusform>mit {n} Person vereinigt</numerusform>
        <numerusform>mit {n} Personen vereinigt</numerusform>
      </translation>
    </message>
    <message>
      <source>JPEG XL photos need an extra: pip install photoclust[jxl].</source>
      <translation>JPEG-XL-Fotos brauchen eine Erweiterung: pip install photoclust[jxl].</translation>
    </message>
    <message>
      <source>Judging how sure it is</source>
      <translation>Sicherheit wird beurteilt</translation>
    </message>
    <message>
      <source>Keep as it is</source>
      <translation>So lassen</translation>
    </message>
    <message>
      <source>Keep both</source>
      <translation>Beide behalten</translation>
    </message>
    <message>
      <source>Keep in view</source>
      <translation>Sichtbar lassen</translation>
    </message>
    <message>
      <source>Keep it</source>
      <translation>Behalten</translation>
    </message>
    <message numerus="yes">
      <source>Keep {n} faces in view</source>
      <translation>
        <numerusform>{n} Gesicht sichtbar lassen</numerusform>
        <numerusform>{n} Gesichter sichtbar lassen</numerusform>
      </translation>
    </message>
    <message>
      <source>Kept in view: among the unnamed now.</source>
      <translation>Bleibt sichtbar: jetzt bei den Unbenannten.</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Keys of every action</source>
      <translation>Tasten aller Befehle</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Learning</source>
      <translation>Lernen läuft</translation>
    </message>
    <message>
      <source>Learning links</source>
      <translation>Verbindungen werden gelernt</translation>
    </message>
    <message>
      <source>Learning which faces belong together</source>
      <translation>Es wird gelernt, welche Gesichter zusammengehören</translation>
    </message>
    <message>
      <source>Leave it</source>
      <translation>So lassen</translation>
    </message>
    <message numerus="yes">
      <source>Left out, as gone or not readable: {n} photos.</source>
      <translation>
        <numerusform>Ausgelassen, weil fort oder nicht lesbar: {n} Foto.</numerusform>
        <numerusform>Ausgelassen, weil fort oder nicht lesbar: {n} Fotos.</numerusform>
      </translation>
    </message>
    <message>
      <source>Lens</source>
      <translation>Objektiv</translation>
    </message>
    <message>
      <source>less than a minute left</source>
      <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
      <source>Libraries of photoclust</source>
      <translation>Bibliotheken von photoclust</translation>
    </message>
    <message>
      <source>Library</source>
      <translation>Bibliothek</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Like the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Likely</source>
      <translation>Wahrscheinlich</translation>
    </message>
    <message>
      <source>likely</source>
      <translation>wahrscheinlich</translation>
    </message>
    <message>
      <source>Linking faces</source>
      <translation>Gesichter werden verbunden</translation>
    </message>
    <message>
      <source>Linking photos</source>
      <translation>Fotos werden verknüpft</translation>
    </message>
    <message>
      <source>Links cannot be made in “{where}” ({reason}). Copy instead.</source>
      <translation>In „{where}“ lassen sich keine Verknüpfungen anlegen ({reason}). Bitte stattdessen kopieren.</translation>
    </message>
    <message>
      <source>Links {photos} into “{folder}”.</source>
      <translation>Verknüpft {photos} in „{folder}“.</translation>
    </message>
    <message>
      <source>Log</source>
      <translation>Protokoll</translation>
    </message>
    <message numerus="yes">
      <source>Look again at {n} photos</source>
      <translation>
        <numerusform>{n} Foto noch einmal ansehen</numerusform>
        <numerusform>{n} Fotos noch einmal ansehen</numerusform>
      </translation>
    </message>
    <message>
      <source>Look at marked faces</source>
      <translation>Markierte Gesichter ansehen</translation>
    </message>
    <message>
      <source>Look at the demo album</source>
      <translation>Beispielalbum ansehen</translation>
    </message>
    <message>
      <source>Look for faces on</source>
      <translation>Gesichter suchen mit</translation>
    </message>
    <message>
      <source>Look for new photos in {folder}</source>
      <translation>Neue Fotos in {folder} suchen</translation>
    </message>
    <message>
      <source>Look for questions</source>
      <translation>Fragen suchen</translation>
    </message>
    <message>
      <source>Looking around every face</source>
      <translation>Umgebung jedes Gesichts wird betrachtet</translation>
    </message>
    <message>
      <source>Looking at marked faces</source>
      <translation>Markierte Gesichter werden angesehen</translation>
    </message>
    <message>
      <source>Looking for doubtful faces</source>
      <translation>Zweifelhafte Gesichter werden gesucht</translation>
    </message>
    <message>
      <source>Looking for faces</source>
      <translation>Gesichter werden gesucht</translation>
    </message>
    <message>
      <source>Looking for photos</source>
      <translation>Fotos werden gesucht</translation>
    </message>
    <message>
      <source>Looking for questions</source>
      <translation>Fragen werden gesucht</translation>
    </message>
    <message>
      <source>Looking what there is to do…</source>
      <translation>Es wird nachgesehen, was zu tun ist …</translation>
    </message>
    <message>
      <source>Looking…</source>
      <translation>Es wird gesucht …</translation>
    </message>
    <message>
      <source>Make a new person</source>
      <translation>Neue Person daraus machen</translation>
    </message>
    <message numerus="yes">
      <source>Make a new person of {n} faces</source>
      <translation>
        <numerusform>Aus {n} Gesicht eine neue Person machen</numerusform>
        <numerusform>Aus {n} Gesichtern eine neue Person machen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Make “{name}” of {n} faces</source>
      <translation>
        <numerusform>Aus {n} Gesicht „{name}“ machen</numerusform>
        <numerusform>Aus {n} Gesichtern „{name}“ machen</numerusform>
      </translation>
    </message>
    <message>
      <source>Mark a face</source>
      <translation>Ein Gesicht markieren</translation>
    </message>
    <message>
      <source>marked</source>
      <translation>markiert</translation>
    </message>
    <message>
      <source>Merge</source>
      <translation>Zusammenführen</translation>
    </message>
    <message>
      <source>Merge selected persons</source>
      <translation>Ausgewählte Personen zusammenführen</translation>
    </message>
    <message>
      <source>Merge with {name}</source>
      <translation>Mit {name} zusammenführen</translation>
    </message>
    <message>
      <source>Merge with…</source>
      <translation>Zusammenführen mit …</translation>
    </message>
    <message>
      <source>Merge {name} with…</source>
      <translation>{name} zusammenführen mit …</translation>
    </message>
    <message numerus="yes">
      <source>Merge {other} into {name}, {n} faces</source>
      <translation>
        <numerusform>{other} mit {name} zusammenführen, {n} Gesicht</numerusform>
        <numerusform>{other} mit {name} zusammenführen, {n} Gesichter</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Merge {persons} persons into {name}, {n} faces</source>
      <translation>
        <numerusform>{persons} Personen mit {name} zusammenführen, {n} Gesicht</numerusform>
        <numerusform>{persons} Personen mit {name} zusammenführen, {n} Gesichter</numerusform>
      </translation>
    </message>
    <message>
      <source>Merge…</source>
      <translation>Zusammenführen …</translation>
    </message>
    <message>
      <source>Missing photos</source>
      <translation>Fehlende Fotos</translation>
    </message>
    <message>
      <source>Missing photos…</source>
      <translation>Fehlende Fotos …</translation>
    </message>
    <message>
      <source>More for this person</source>
      <translation>Mehr zu dieser Person</translation>
    </message>
    <message>
      <source>Most unsure first</source>
      <translation>Die unsichersten zuerst</translation>
    </message>
    <message>
      <source>Motion</source>
      <translation>Bewegung</translation>
    </message>
    <message>
      <source>Move</source>
      <translation>Verschieben</translation>
    </message>
    <message>
      <source>Move it to the bin</source>
      <translation>In den Papierkorb</translation>
    </message>
    <message>
      <source>Move library…</source>
      <translation>Bibliothek verschieben …</translation>
    </message>
    <message>
      <source>Move the library</source>
      <translation>Bibliothek verschieben</translation>
    </message>
    <message>
      <source>Move the library to a folder</source>
      <translation>Bibliothek in einen Ordner verschieben</translation>
    </message>
    <message>
      <source>Move to</source>
      <translation>Verschieben</translation>
    </message>
    <message>
      <source>Move to…</source>
      <translation>Verschieben zu …</translation>
    </message>
    <message numerus="yes">
      <source>Move {n} faces to {name}</source>
      <translation>
        <numerusform>{n} Gesicht zu {name} verschieben</numerusform>
        <numerusform>{n} Gesichter zu {name} verschieben</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Move {n} faces to…</source>
      <translation>
        <numerusform>{n} Gesicht verschieben zu …</numerusform>
        <numerusform>{n} Gesichter verschieben zu …</numerusform>
      </translation>
    </message>
    <message>
      <source>My library</source>
      <translation>Meine Bibliothek</translation>
    </message>
    <message>
      <source>Name (N)</source>
      <translation>Name (N)</translation>
    </message>
    <message>
      <source>Name of the album</source>
      <translation>Name des Albums</translation>
    </message>
    <message>
      <source>Name of the new person</source>
      <translation>Name der neuen Person</translation>
    </message>
    <message>
      <source>Name of this face</source>
      <translation>Name dieses Gesichts</translation>
    </message>
    <message>
      <source>Name the next one</source>
      <translation>Nächste benennen</translation>
    </message>
    <message>
      <source>Name this person</source>
      <translation>Diese Person benennen</translation>
    </message>
    <message>
      <source>Name “{name}”</source>
      <translation>Namen „{name}“ geben</translation>
    </message>
    <message>
      <source>Named</source>
      <translation>Benannt</translation>
    </message>
    <message>
      <source>Named persons, and faces that you placed or confirmed, stay as they are.</source>
      <translation>Benannte Personen und von Hand zugeordnete oder bestätigte Gesichter bleiben, wie sie sind.</translation>
    </message>
    <message>
      <source>Name…</source>
      <translation>Benennen …</translation>
    </message>
    <message>
      <source>New keys</source>
      <translation>Neue Tasten</translation>
    </message>
    <message>
      <source>New library</source>
      <translation>Neue Bibliothek</translation>
    </message>
    <message>
      <source>New library…</source>
      <translation>Neue Bibliothek …</translation>
    </message>
    <message>
      <source>New name “{name}”</source>
      <translation>Neuer Name „{name}“</translation>
    </message>
    <message>
      <source>New person</source>
      <translation>Neue Person</translation>
    </message>
    <message>
      <source>New person “{name}”</source>
      <translation>Neue Person „{name}“</translation>
    </message>
    <message>
      <source>New photos in a watched folder are imported as they appear.</source>
      <translation>Neue Fotos in einem beobachteten Ordner werden importiert, sobald sie auftauchen.</translation>
    </message>
    <message>
      <source>New photos in a watched folder of this library are imported as they appear.</source>
      <translation>Neue Fotos in einem beobachteten Ordner dieser Bibliothek werden importiert, sobald sie auftauchen.</translation>
    </message>
    <message>
      <source>New window</source>
      <translation>Neues Fenster</translation>
    </message>
    <message>
      <source>Newest photo first</source>
      <translation>Die neuesten Fotos zuerst</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Next photo</source>
      <translation>Nächstes Foto</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
    <message>
      <source>No backup could be made: {what}. The log has the details.</source>
      <translation>Es ließ sich keine Sicherung anlegen: {what}. Näheres steht im Protokoll.</translation>
    </message>
    <message>
      <source>No CUDA device can be used here; choose “cpu”.</source>
      <translation>Hier lässt sich kein CUDA-Gerät benutzen; bitte „cpu“ wählen.</translation>
    </message>
    <message>
      <source>No date</source>
      <translation>Ohne Datum</translation>
    </message>
    <message>
      <source>No face can be marked in a photo that could not be read.</source>
      <translation>In einem Foto, das nicht gelesen werden konnte, lässt sich kein Gesicht markieren.</translation>
    </message>
    <message>
      <source>No face is unsure any more</source>
      <translation>Kein Gesicht ist mehr unsicher</translation>
    </message>
    <message>
      <source>No faces</source>
      <translation>Keine Gesichter</translation>
    </message>
    <message>
      <source>No faces yet</source>
      <translation>Noch keine Gesichter</translation>
    </message>
    <message>
      <source>No keys</source>
      <translation>Keine Tasten</translation>
    </message>
    <message>
      <source>No person is called “{name}”.</source>
      <translation>Keine Person heißt „{name}“.</translation>
    </message>
    <message>
      <source>No photos yet</source>
      <translation>Noch keine Fotos</translation>
    </message>
    <message>
      <source>No strangers</source>
      <translation>Keine Fremden</translation>
    </message>
    <message>
      <source>No such photo</source>
      <translation>Kein solches Foto</translation>
    </message>
    <message>
      <source>Nobody</source>
      <translation>Niemand</translation>
    </message>
    <message>
      <source>Nobody else</source>
      <translation>Sonst niemand</translation>
    </message>
    <message>
      <source>Nobody else without a name is in this photo.</source>
      <translation>Auf diesem Foto ist sonst niemand ohne Namen.</translation>
    </message>
    <message>
      <source>Nobody has looked for questions yet</source>
      <translation>Noch wurde nicht nach Fragen gesucht</translation>
    </message>
    <message>
      <source>Nobody is ignored</source>
      <translation>Niemand wird ignoriert</translation>
    </message>
    <message>
      <source>Nobody is left over</source>
      <translation>Niemand ist übrig</translation>
    </message>
    <message>
      <source>Nobody of that name.</source>
      <translation>Niemand heißt so.</translation>
    </message>
    <message>
      <source>noisy</source>
      <translation>verrauscht</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Keine</translation>
    </message>
    <message>
      <source>None has been found in these photos so far.</source>
      <translation>In diesen Fotos wurde bisher keines gefunden.</translation>
    </message>
    <message>
      <source>None of them</source>
      <translation>Niemand davon</translation>
    </message>
    <message>
      <source>None yet</source>
      <translation>Noch keine</translation>
    </message>
    <message>
      <source>Not a face</source>
      <translation>Kein Gesicht</translation>
    </message>
    <message>
      <source>Not grouped</source>
      <translation>Nicht gruppiert</translation>
    </message>
    <message>
      <source>Not looked at yet</source>
      <translation>Noch nicht angesehen</translation>
    </message>
    <message>
      <source>not marked</source>
      <translation>nicht markiert</translation>
    </message>
    <message>
      <source>Not sure</source>
      <translation>Nicht sicher</translation>
    </message>
    <message>
      <source>Not this person</source>
      <translation>Nicht diese Person</translation>
    </message>
    <message>
      <source>Not {name}</source>
      <translation>Nicht {name}</translation>
    </message>
    <message>
      <source>Nothing has been changed yet, and one undo takes all of it back.</source>
      <translation>Noch ist nichts geändert, und einmal Rückgängig nimmt alles zurück.</translation>
    </message>
    <message>
      <source>Nothing here</source>
      <translation>Hier ist nichts</translation>
    </message>
    <message>
      <source>Nothing is being done</source>
      <translation>Es läuft nichts</translation>
    </message>
    <message>
      <source>Nothing is final</source>
      <translation>Nichts ist endgültig</translation>
    </message>
    <message>
      <source>Nothing left to ask</source>
      <translation>Keine Fragen mehr</translation>
    </message>
    <message>
      <source>Nothing would change</source>
      <translation>Nichts würde sich ändern</translation>
    </message>
    <message>
      <source>Nothing would change: all faces are grouped as they would be again.</source>
      <translation>Nichts würde sich ändern: Alle Gesichter sind schon so gruppiert, wie sie es wieder würden.</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>OK</translation>
    </message>
    <message>
      <source>One moment…</source>
      <translation>Einen Moment …</translation>
    </message>
    <message>
      <source>Only faces of {name} can be split off; please select again.</source>
      <translation>Nur Gesichter von {name} lassen sich abtrennen; bitte neu auswählen.</translation>
    </message>
    <message>
      <source>Only named persons would change.</source>
      <translation>Nur benannte Personen würden sich ändern.</translation>
    </message>
    <message>
      <source>Only photos on which nobody else is</source>
      <translation>Nur Fotos, auf denen sonst niemand ist</translation>
    </message>
    <message>
      <source>Only photos with somebody who has no name yet</source>
      <translation>Nur Fotos mit jemandem, der noch keinen Namen hat</translation>
    </message>
    <message>
      <source>Open a folder of photos</source>
      <translation>Einen Ordner mit Fotos öffnen</translation>
    </message>
    <message>
      <source>Open a library</source>
      <translation>Bibliothek öffnen</translation>
    </message>
    <message>
      <source>Open folder…</source>
      <translation>Ordner öffnen …</translation>
    </message>
    <message>
      <source>Open in file manager</source>
      <translation>Im Dateimanager öffnen</translation>
    </message>
    <message>
      <source>Open library…</source>
      <translation>Bibliothek öffnen …</translation>
    </message>
    <message>
      <source>Open log folder</source>
      <translation>Ordner der Protokolle öffnen</translation>
    </message>
    <message>
      <source>or {name}</source>
      <translation>oder {name}</translation>
    </message>
    <message>
      <source>Order of faces</source>
      <translation>Reihenfolge der Gesichter</translation>
    </message>
    <message>
      <source>Order of persons</source>
      <translation>Reihenfolge der Personen</translation>
    </message>
    <message>
      <source>overexposed</source>
      <translation>überbelichtet</translation>
    </message>
    <message>
      <source>P shows the photos</source>
      <translation>P zeigt die Fotos</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Pausing…</source>
      <translation>Pause kommt …</translation>
    </message>
    <message>
      <source>perhaps covered</source>
      <translation>vielleicht verdeckt</translation>
    </message>
    <message>
      <source>Persons</source>
      <translation>Personen</translation>
    </message>
    <message>
      <source>Persons appear here once faces have been grouped.</source>
      <translation>Personen erscheinen hier, sobald Gesichter gruppiert sind.</translation>
    </message>
    <message>
      <source>Persons to export</source>
      <translation>Personen zum Exportieren</translation>
    </message>
    <message>
      <source>Photo</source>
      <translation>Foto</translation>
    </message>
    <message>
      <source>photoclust looks for faces and makes an album of every person. Your photos stay where they are, on this computer, and are never changed.</source>
      <translation>photoclust sucht Gesichter und macht aus jeder Person ein Album. Die Fotos bleiben, wo sie sind, auf diesem Computer, und werden nie verändert.</translation>
    </message>
    <message>
      <source>Photos</source>
      <translation>Fotos</translation>
    </message>
    <message>
      <source>Photos found</source>
      <translation>Gefundene Fotos</translation>
    </message>
    <message>
      <source>Photos of one year</source>
      <translation>Fotos eines Jahres</translation>
    </message>
    <message>
      <source>Photos of persons who do not exist, to try everything with. This takes a minute or two.</source>
      <translation>Fotos von Personen, die es nicht gibt, um alles auszuprobieren. Das dauert ein bis zwei Minuten.</translation>
    </message>
    <message>
      <source>Photos of several persons go into each one's folder: {files} files.</source>
      <translation>Fotos mehrerer Personen kommen in den Ordner jeder Person: {files} Dateien.</translation>
    </message>
    <message>
      <source>Photos that could not be read</source>
      <translation>Nicht lesbare Fotos</translation>
    </message>
    <message>
      <source>Photos that could not be read…</source>
      <translation>Nicht lesbare Fotos …</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Placed by you</source>
      <translation>Von Hand zugeordnet</translation>
    </message>
    <message>
      <source>placed by you</source>
      <translation>von Hand zugeordnet</translation>
    </message>
    <message>
      <source>Please choose at least one face that is somebody else.</source>
      <translation>Bitte mindestens ein Gesicht wählen, das jemand anderes ist.</translation>
    </message>
    <message>
      <source>Please choose at least two persons to merge.</source>
      <translation>Zum Zusammenführen bitte mindestens zwei Personen auswählen.</translation>
    </message>
    <message>
      <source>Please leave at least one face on either side.</source>
      <translation>Bitte auf jeder Seite mindestens ein Gesicht lassen.</translation>
    </message>
    <message>
      <source>Please select at least one face.</source>
      <translation>Bitte mindestens ein Gesicht auswählen.</translation>
    </message>
    <message>
      <source>Poor</source>
      <translation>Schlecht</translation>
    </message>
    <message>
      <source>Previous photo</source>
      <translation>Voriges Foto</translation>
    </message>
    <message>
      <source>Put here by you</source>
      <translation>Von Hand hierher gelegt</translation>
    </message>
    <message>
      <source>Put right what is wrong</source>
      <translation>Richtigstellen, was falsch ist</translation>
    </message>
    <message>
      <source>Put with strangers</source>
      <translation>Zu den Fremden</translation>
    </message>
    <message numerus="yes">
      <source>Put {n} faces with the strangers</source>
      <translation>
        <numerusform>{n} Gesicht zu den Fremden legen</numerusform>
        <numerusform>{n} Gesichter zu den Fremden legen</numerusform>
      </translation>
    </message>
    <message>
      <source>Questions</source>
      <translation>Fragen</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>RAW photos need an extra: pip install photoclust[raw].</source>
      <translation>RAW-Fotos brauchen eine Erweiterung: pip install photoclust[raw].</translation>
    </message>
    <message>
      <source>Reading the copy</source>
      <translation>Kopie wird gelesen</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>Recent libraries</source>
      <translation>Zuletzt geöffnete Bibliotheken</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Redo {what}</source>
      <translation>Wiederholen: {what}</translation>
    </message>
    <message>
      <source>Redo: {what}</source>
      <translation>Wiederholen: {what}</translation>
    </message>
    <message>
      <source>Rename {old} to “{name}”</source>
      <translation>{old} in „{name}“ umbenennen</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>Umbenennen …</translation>
    </message>
    <message>
      <source>Runs on</source>
      <translation>Läuft mit</translation>
    </message>
    <message>
      <source>Same person?</source>
      <translation>Dieselbe Person?</translation>
    </message>
    <message>
      <source>Say that they are different persons</source>
      <translation>Als verschiedene Personen festhalten</translation>
    </message>
    <message numerus="yes">
      <source>Say that {n} faces are no face</source>
      <translation>
        <numerusform>{n} Ausschnitt als kein Gesicht festhalten</numerusform>
        <numerusform>{n} Ausschnitte als kein Gesicht festhalten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Say that {n} faces are {name}</source>
      <translation>
        <numerusform>{n} Gesicht als {name} bestätigen</numerusform>
        <numerusform>{n} Gesichter als {name} bestätigen</numerusform>
      </translation>
    </message>
    <message>
      <source>Search actions</source>
      <translation>Befehle suchen</translation>
    </message>
    <message>
      <source>Search persons</source>
      <translation>Personen suchen</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>Alles auswählen</translation>
    </message>
    <message>
      <source>Select faces: Delete says “not this person”, M moves them, X splits them off. Enter confirms. A double click shows the photo.</source>
      <translation>Gesichter auswählen: Entf heißt „nicht diese Person“, M verschiebt sie, X trennt sie ab. Enter bestätigt. Ein Doppelklick zeigt das Foto.</translation>
    </message>
    <message>
      <source>Select nothing</source>
      <translation>Nichts auswählen</translation>
    </message>
    <message>
      <source>Select some faces first, or drag them here.</source>
      <translation>Bitte zuerst Gesichter auswählen oder hierher ziehen.</translation>
    </message>
    <message>
      <source>Set the cover of {name}</source>
      <translation>Titelbild von {name} festlegen</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Settings…</source>
      <translation>Einstellungen …</translation>
    </message>
    <message numerus="yes">
      <source>settles {n} faces</source>
      <translation>
        <numerusform>klärt {n} Gesicht</numerusform>
        <numerusform>klärt {n} Gesichter</numerusform>
      </translation>
    </message>
    <message>
      <source>Shelves</source>
      <translation>Ablagen</translation>
    </message>
    <message>
      <source>Show album</source>
      <translation>Album zeigen</translation>
    </message>
    <message>
      <source>Show all faces</source>
      <translation>Alle Gesichter zeigen</translation>
    </message>
    <message>
      <source>Show all names</source>
      <translation>Alle Namen zeigen</translation>
    </message>
    <message>
      <source>Show folder</source>
      <translation>Ordner zeigen</translation>
    </message>
    <message>
      <source>Show in file manager</source>
      <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
      <source>Show photo</source>
      <translation>Foto zeigen</translation>
    </message>
    <message>
      <source>Show the album of {name}</source>
      <translation>Album von {name} zeigen</translation>
    </message>
    <message>
      <source>Show the file that this is kept in</source>
      <translation>Datei zeigen, in der dies steht</translation>
    </message>
    <message>
      <source>Show the jobs (Ctrl+J)</source>
      <translation>Aufgaben zeigen (Strg+J)</translation>
    </message>
    <message>
      <source>Show the next one</source>
      <translation>Nächste zeigen</translation>
    </message>
    <message>
      <source>Show the photo under the mouse</source>
      <translation>Foto unter der Maus zeigen</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>Überspringen</translation>
    </message>
    <message>
      <source>small</source>
      <translation>klein</translation>
    </message>
    <message>
      <source>Small pictures</source>
      <translation>Vorschaubilder</translation>
    </message>
    <message>
      <source>Some of these faces are no longer in the library; please select again.</source>
      <translation>Einige dieser Gesichter sind nicht mehr in der Bibliothek; bitte neu auswählen.</translation>
    </message>
    <message numerus="yes">
      <source>Somebody else · {n} faces</source>
      <translation>
        <numerusform>Jemand anderes · {n} Gesicht</numerusform>
        <numerusform>Jemand anderes · {n} Gesichter</numerusform>
      </translation>
    </message>
    <message>
      <source>Someone worth knowing?</source>
      <translation>Wer davon ist wichtig?</translation>
    </message>
    <message numerus="yes">
      <source>Someone worth knowing? {n} strangers come again on other days.</source>
      <translation>
        <numerusform>Wer davon ist wichtig? {n} fremde Person kommt an anderen Tagen wieder vor.</numerusform>
        <numerusform>Wer davon ist wichtig? {n} fremde Personen kommen an anderen Tagen wieder vor.</numerusform>
      </translation>
    </message>
    <message>
      <source>Something is still being done in this library. Wait until it is done, or stop it.</source>
      <translation>In dieser Bibliothek läuft noch etwas. Bitte warten, bis es fertig ist, oder es anhalten.</translation>
    </message>
    <message>
      <source>Something went wrong: {what}. The log has the details.</source>
      <translation>Etwas ist schiefgegangen: {what}. Näheres steht im Protokoll.</translation>
    </message>
    <message>
      <source>Sorting faces</source>
      <translation>Gesichter werden sortiert</translation>
    </message>
    <message>
      <source>Sorting faces, as the GPU has too little memory</source>
      <translation>Gesichter werden sortiert, weil die Grafikkarte zu wenig Speicher hat</translation>
    </message>
    <message>
      <source>Split</source>
      <translation>Aufteilen</translation>
    </message>
    <message>
      <source>Split in two</source>
      <translation>In zwei aufteilen</translation>
    </message>
    <message>
      <source>Split in two…</source>
      <translation>In zwei aufteilen …</translation>
    </message>
    <message>
      <source>Split off</source>
      <translation>Abtrennen</translation>
    </message>
    <message>
      <source>Split off as new person</source>
      <translation>Als neue Person abtrennen</translation>
    </message>
    <message numerus="yes">
      <source>Split {n} faces off {name}</source>
      <translation>
        <numerusform>{n} Gesicht von {name} abtrennen</numerusform>
        <numerusform>{n} Gesichter von {name} abtrennen</numerusform>
      </translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Start</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>Offen lassen</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Stop and close</source>
      <translation>Anhalten und schließen</translation>
    </message>
    <message>
      <source>Stop and close?</source>
      <translation>Anhalten und schließen?</translation>
    </message>
    <message>
      <source>Stop; what was found is kept</source>
      <translation>Anhalten; was gefunden wurde, bleibt erhalten</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Angehalten</translation>
    </message>
    <message>
      <source>Stopped. What was finished is there; exporting again goes on from there.</source>
      <translation>Angehalten. Was fertig wurde, ist da; erneutes Exportieren macht dort weiter.</translation>
    </message>
    <message>
      <source>Stopped. What was found is kept.</source>
      <translation>Angehalten. Was gefunden wurde, bleibt erhalten.</translation>
    </message>
    <message>
      <source>Stopping</source>
      <translation>Wird angehalten</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Wird angehalten …</translation>
    </message>
    <message>
      <source>Strangers</source>
      <translation>Fremde</translation>
    </message>
    <message>
      <source>Strangers are somebody else too, and somebody without a name</source>
      <translation>Auch Fremde gelten als jemand anderes und als jemand ohne Namen</translation>
    </message>
    <message>
      <source>Sure</source>
      <translation>Sicher</translation>
    </message>
    <message>
      <source>sure</source>
      <translation>sicher</translation>
    </message>
    <message>
      <source>Symbolic link</source>
      <translation>Symbolische Verknüpfung</translation>
    </message>
    <message>
      <source>Take it off the list</source>
      <translation>Aus der Liste nehmen</translation>
    </message>
    <message>
      <source>Take something out, or click a name to ask for less.</source>
      <translation>Etwas herausnehmen oder einen Namen anklicken, um weniger zu verlangen.</translation>
    </message>
    <message>
      <source>Take the name from {name}</source>
      <translation>Namen von {name} entfernen</translation>
    </message>
    <message numerus="yes">
      <source>Take {n} faces out of {name}</source>
      <translation>
        <numerusform>{n} Gesicht aus {name} herausnehmen</numerusform>
        <numerusform>{n} Gesichter aus {name} herausnehmen</numerusform>
      </translation>
    </message>
    <message>
      <source>Taken</source>
      <translation>Aufgenommen</translation>
    </message>
    <message>
      <source>That did not work</source>
      <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
      <source>The backup of {library} cannot be brought back: {reason}.</source>
      <translation>Die Sicherung von {library} lässt sich nicht zurückholen: {reason}.</translation>
    </message>
    <message>
      <source>The beginning</source>
      <translation>Der Anfang</translation>
    </message>
    <message>
      <source>The box is too small for a face; please draw a larger one.</source>
      <translation>Der Rahmen ist zu klein für ein Gesicht; bitte einen größeren zeichnen.</translation>
    </message>
    <message>
      <source>The copy at {target} is not as the library is. Nothing was changed.</source>
      <translation>Die Kopie unter {target} ist nicht wie die Bibliothek. Es wurde nichts geändert.</translation>
    </message>
    <message>
      <source>The cover must be a face of {name}; please choose another one.</source>
      <translation>Das Titelbild muss ein Gesicht von {name} sein; bitte ein anderes wählen.</translation>
    </message>
    <message>
      <source>The disk could not read it (input/output error).</source>
      <translation>Der Datenträger konnte es nicht lesen (Ein-/Ausgabefehler).</translation>
    </message>
    <message>
      <source>The disk failed while the library {path} was read or written.</source>
      <translation>Der Datenträger hat versagt, während die Bibliothek {path} gelesen oder geschrieben wurde.</translation>
    </message>
    <message>
      <source>The disk is full: {done} of {total} files are in “{where}”. Make room and export again to go on.</source>
      <translation>Der Datenträger ist voll: {done} von {total} Dateien liegen in „{where}“. Nach dem Schaffen von Platz geht es mit erneutem Exportieren weiter.</translation>
    </message>
    <message>
      <source>The drive of these photos is not there. Connect it and try again; all that is known of them is kept.</source>
      <translation>Das Laufwerk dieser Fotos ist nicht da. Bitte anschließen und noch einmal versuchen; alles, was über sie bekannt ist, bleibt erhalten.</translation>
    </message>
    <message>
      <source>The fastest there is</source>
      <translation>dem Schnellsten, was da ist</translation>
    </message>
    <message>
      <source>The file is cut off: its end is missing.</source>
      <translation>Die Datei ist abgeschnitten: Ihr Ende fehlt.</translation>
    </message>
    <message>
      <source>The file is damaged and cannot be decoded.</source>
      <translation>Die Datei ist beschädigt und lässt sich nicht entpacken.</translation>
    </message>
    <message>
      <source>The file is damaged or cut off: it begins like a photo but cannot be decoded.</source>
      <translation>Die Datei ist beschädigt oder abgeschnitten: Sie beginnt wie ein Foto, lässt sich aber nicht entpacken.</translation>
    </message>
    <message>
      <source>The file is damaged: its decoder broke down over it.</source>
      <translation>Die Datei ist beschädigt: Ihr Decoder ist daran gescheitert.</translation>
    </message>
    <message>
      <source>The file is empty.</source>
      <translation>Die Datei ist leer.</translation>
    </message>
    <message>
      <source>The file is not a photo, whatever its name says.</source>
      <translation>Die Datei ist kein Foto, was auch immer ihr Name sagt.</translation>
    </message>
    <message>
      <source>The files were deleted or are somewhere else. Everything you said about the faces on them is kept, and they appear again as they were when the files are back.</source>
      <translation>Die Dateien wurden gelöscht oder sind woanders. Alles, was über die Gesichter darauf gesagt wurde, bleibt erhalten, und sie erscheinen wieder, wie sie waren, sobald die Dateien zurück sind.</translation>
    </message>
    <message>
      <source>The folder {parent} of the library cannot be used: {reason}.</source>
      <translation>Der Ordner {parent} der Bibliothek lässt sich nicht benutzen: {reason}.</translation>
    </message>
    <message>
      <source>The folder {path} is in the library already.</source>
      <translation>Der Ordner {path} ist schon in der Bibliothek.</translation>
    </message>
    <message>
      <source>The library cannot be copied to {target}: {reason}. It stays where it is.</source>
      <translation>Die Bibliothek lässt sich nicht nach {target} kopieren: {reason}. Sie bleibt, wo sie ist.</translation>
    </message>
    <message>
      <source>The library cannot be moved now</source>
      <translation>Die Bibliothek lässt sich gerade nicht verschieben</translation>
    </message>
    <message>
      <source>The library has changed meanwhile, so this was worked out again.</source>
      <translation>Die Bibliothek hat sich inzwischen geändert, deshalb wurde dies neu berechnet.</translation>
    </message>
    <message>
      <source>The library is damaged</source>
      <translation>Die Bibliothek ist beschädigt</translation>
    </message>
    <message>
      <source>The library is moved</source>
      <translation>Die Bibliothek wird verschoben</translation>
    </message>
    <message>
      <source>The library is {path} now. As it was before, it is kept as {kept}, until you say otherwise.</source>
      <translation>Die Bibliothek ist jetzt {path}. Wie sie vorher war, bleibt sie als {kept} erhalten, bis etwas anderes gewünscht wird.</translation>
    </message>
    <message>
      <source>The library was moved</source>
      <translation>Die Bibliothek wurde verschoben</translation>
    </message>
    <message>
      <source>The library {library} is damaged. There is a whole backup of {made}. What was decided after that is not in it. The damaged file is kept under another name.</source>
      <translation>Die Bibliothek {library} ist beschädigt. Es gibt eine unversehrte Sicherung vom {made}. Was danach entschieden wurde, steht nicht darin. Die beschädigte Datei bleibt unter anderem Namen erhalten.</translation>
    </message>
    <message>
      <source>The library {library} is open in another photoclust. Close it there and try again.</source>
      <translation>Die Bibliothek {library} ist in einem anderen photoclust geöffnet. Bitte dort schließen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>The library {path} cannot be opened; check that its folder exists and may be written to.</source>
      <translation>Die Bibliothek {path} lässt sich nicht öffnen; bitte prüfen, ob es ihren Ordner gibt und ob er beschrieben werden darf.</translation>
    </message>
    <message>
      <source>The library {path} cannot be written to; check the permissions of its folder.</source>
      <translation>In die Bibliothek {path} kann nicht geschrieben werden; bitte die Rechte ihres Ordners prüfen.</translation>
    </message>
    <message>
      <source>The library {path} is damaged. `photoclust check --library FILE` tells how much; {way}.</source>
      <translation>Die Bibliothek {path} ist beschädigt. `photoclust check --library FILE` sagt, wie sehr; {way}.</translation>
    </message>
    <message>
      <source>The library {path} is open in another photoclust, and only one can change it at a time. Close it there and try again.</source>
      <translation>Die Bibliothek {path} ist in einem anderen photoclust geöffnet, und nur eines kann sie zur selben Zeit ändern. Bitte dort schließen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>The library {path} was written by a newer photoclust; please update photoclust to open it.</source>
      <translation>Die Bibliothek {path} stammt von einem neueren photoclust; zum Öffnen bitte photoclust aktualisieren.</translation>
    </message>
    <message>
      <source>The ones that settle the most faces come first.</source>
      <translation>Zuerst kommen die, die die meisten Gesichter klären.</translation>
    </message>
    <message>
      <source>The photo claims to have {width} × {height} pixels, more than the {million} million that are allowed.</source>
      <translation>Das Foto will {width} × {height} Pixel haben, mehr als die erlaubten {million} Millionen.</translation>
    </message>
    <message>
      <source>The photo is too large for this computer's memory.</source>
      <translation>Das Foto ist zu groß für den Speicher dieses Computers.</translation>
    </message>
    <message>
      <source>The processor</source>
      <translation>dem Prozessor</translation>
    </message>
    <message>
      <source>The program that decodes such photos could not be started.</source>
      <translation>Das Programm, das solche Fotos entpackt, ließ sich nicht starten.</translation>
    </message>
    <message>
      <source>The rest is as good as sure, or too unlikely to bother you with.</source>
      <translation>Der Rest ist so gut wie sicher oder zu unwahrscheinlich, um damit zu stören.</translation>
    </message>
    <message numerus="yes">
      <source>The same as {n} faces without a name? Enter: yes</source>
      <translation>
        <numerusform>Wie {n} Gesicht ohne Namen? Enter: ja</numerusform>
        <numerusform>Wie {n} Gesichter ohne Namen? Enter: ja</numerusform>
      </translation>
    </message>
    <message>
      <source>the same person</source>
      <translation>dieselbe Person</translation>
    </message>
    <message>
      <source>The settings</source>
      <translation>Die Einstellungen</translation>
    </message>
    <message>
      <source>The settings {file} cannot be read: {reason}.</source>
      <translation>Die Einstellungen {file} lassen sich nicht lesen: {reason}.</translation>
    </message>
    <message>
      <source>The settings {file} cannot be understood, so nothing was written.</source>
      <translation>Die Einstellungen {file} lassen sich nicht verstehen, deshalb wurde nichts geschrieben.</translation>
    </message>
    <message>
      <source>The settings {file} cannot be understood: {reason}.</source>
      <translation>Die Einstellungen {file} lassen sich nicht verstehen: {reason}.</translation>
    </message>
    <message>
      <source>The settings {file} cannot be written: {reason}.</source>
      <translation>Die Einstellungen {file} lassen sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
      <source>The small pictures cannot be thrown away now: {reason}.</source>
      <translation>Die Vorschaubilder lassen sich gerade nicht löschen: {reason}.</translation>
    </message>
    <message>
      <source>The system could not read it ({reason}).</source>
      <translation>Das System konnte es nicht lesen ({reason}).</translation>
    </message>
    <message>
      <source>The system watches as many folders as it can already.</source>
      <translation>Das System beobachtet schon so viele Ordner, wie es kann.</translation>
    </message>
    <message>
      <source>Their faces appear here.</source>
      <translation>Ihre Gesichter erscheinen hier.</translation>
    </message>
    <message>
      <source>Their faces, and what you said about them, are removed for good; this cannot be undone. Photos that are there again, or whose drive is not connected, are kept.</source>
      <translation>Ihre Gesichter und alles, was über sie gesagt wurde, werden endgültig entfernt; das lässt sich nicht rückgängig machen. Fotos, die wieder da sind oder deren Laufwerk nicht angeschlossen ist, bleiben erhalten.</translation>
    </message>
    <message>
      <source>their persons</source>
      <translation>ihren Personen</translation>
    </message>
    <message>
      <source>There are no persons to export yet: scan a folder and group the faces first.</source>
      <translation>Noch gibt es keine Personen zum Exportieren: Bitte zuerst einen Ordner einlesen und die Gesichter gruppieren.</translation>
    </message>
    <message>
      <source>There is a face in this place already.</source>
      <translation>An dieser Stelle ist schon ein Gesicht.</translation>
    </message>
    <message>
      <source>There is already a file {path}. Open it, or choose another name.</source>
      <translation>Es gibt schon eine Datei {path}. Bitte sie öffnen oder einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>There is already a file {target}; nothing was changed.</source>
      <translation>Es gibt schon eine Datei {target}; es wurde nichts geändert.</translation>
    </message>
    <message>
      <source>There is already a person called {name}</source>
      <translation>Es gibt schon eine Person namens {name}</translation>
    </message>
    <message>
      <source>there is no backup beside it</source>
      <translation>daneben liegt keine Sicherung</translation>
    </message>
    <message>
      <source>There is no library at {path}.</source>
      <translation>Unter {path} gibt es keine Bibliothek.</translation>
    </message>
    <message>
      <source>There is no person {number} (any more).</source>
      <translation>Es gibt keine Person {number} (mehr).</translation>
    </message>
    <message>
      <source>There is no photo to export.</source>
      <translation>Es gibt kein Foto zum Exportieren.</translation>
    </message>
    <message>
      <source>There is no photo to export; please select some.</source>
      <translation>Es gibt kein Foto zum Exportieren; bitte einige auswählen.</translation>
    </message>
    <message>
      <source>There is no room for the library in {folder}. It stays where it is.</source>
      <translation>In {folder} ist kein Platz für die Bibliothek. Sie bleibt, wo sie ist.</translation>
    </message>
    <message>
      <source>There is no room left on the disk for the library {path}; nothing was changed.</source>
      <translation>Auf dem Datenträger der Bibliothek {path} ist kein Platz mehr; es wurde nichts geändert.</translation>
    </message>
    <message>
      <source>There is no whole backup beside {library}.</source>
      <translation>Neben {library} liegt keine unversehrte Sicherung.</translation>
    </message>
    <message>
      <source>There must be at least two faces to divide.</source>
      <translation>Zum Aufteilen braucht es mindestens zwei Gesichter.</translation>
    </message>
    <message>
      <source>These are all the faces of {name}; please leave at least one to split off the others.</source>
      <translation>Das sind alle Gesichter von {name}; bitte mindestens eines übrig lassen, um die anderen abzutrennen.</translation>
    </message>
    <message>
      <source>These faces</source>
      <translation>Diese Gesichter</translation>
    </message>
    <message>
      <source>They appear here as they are read.</source>
      <translation>Sie erscheinen hier, sobald sie gelesen sind.</translation>
    </message>
    <message>
      <source>They are made again when they are needed; your photos are not touched</source>
      <translation>Sie werden neu gemacht, wenn sie gebraucht werden; die Fotos bleiben unberührt</translation>
    </message>
    <message>
      <source>They are tried again when the files have changed, or when you say so.</source>
      <translation>Sie werden noch einmal versucht, wenn sich die Dateien geändert haben oder auf Wunsch.</translation>
    </message>
    <message>
      <source>Things may move on the screen by themselves</source>
      <translation>Auf dem Bildschirm darf sich etwas von selbst bewegen</translation>
    </message>
    <message>
      <source>This face</source>
      <translation>Dieses Gesicht</translation>
    </message>
    <message>
      <source>This face is no longer in the library; please select again.</source>
      <translation>Dieses Gesicht ist nicht mehr in der Bibliothek; bitte neu auswählen.</translation>
    </message>
    <message>
      <source>This is no box.</source>
      <translation>Das ist kein Rahmen.</translation>
    </message>
    <message>
      <source>This library is not there</source>
      <translation>Diese Bibliothek ist nicht da</translation>
    </message>
    <message>
      <source>this person</source>
      <translation>diese Person</translation>
    </message>
    <message>
      <source>This person has no faces any more.</source>
      <translation>Diese Person hat keine Gesichter mehr.</translation>
    </message>
    <message>
      <source>This person is no longer in the library; please select again.</source>
      <translation>Diese Person ist nicht mehr in der Bibliothek; bitte neu auswählen.</translation>
    </message>
    <message>
      <source>This photo cannot be shown</source>
      <translation>Dieses Foto lässt sich nicht zeigen</translation>
    </message>
    <message>
      <source>This photo is no longer in the library.</source>
      <translation>Dieses Foto ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
      <source>Throw away</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Timeline</source>
      <translation>Zeitachse</translation>
    </message>
    <message>
      <source>To {folder}. It is copied, and the copy is read again, before it is used.</source>
      <translation>Nach {folder}. Sie wird kopiert und die Kopie noch einmal gelesen, bevor sie benutzt wird.</translation>
    </message>
    <message>
      <source>Tour again</source>
      <translation>Rundgang noch einmal</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal versuchen</translation>
    </message>
    <message>
      <source>Try all again</source>
      <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
      <source>Try out grouping again</source>
      <translation>Neu Gruppieren ausprobieren</translation>
    </message>
    <message>
      <source>turned away</source>
      <translation>abgewandt</translation>
    </message>
    <message>
      <source>Type a name</source>
      <translation>Namen eingeben</translation>
    </message>
    <message>
      <source>Type a name and press Enter; another one for photos with both. Click a name for without, or for either.</source>
      <translation>Einen Namen eingeben und Enter drücken; einen zweiten für Fotos mit beiden. Ein Klick auf einen Namen macht daraus „ohne“ oder „oder“.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undo the last answer (Ctrl+Z)</source>
      <translation>Letzte Antwort zurücknehmen (Strg+Z)</translation>
    </message>
    <message>
      <source>Undo {what}</source>
      <translation>Rückgängig: {what}</translation>
    </message>
    <message>
      <source>Undo: {what}</source>
      <translation>Rückgängig: {what}</translation>
    </message>
    <message>
      <source>undone</source>
      <translation>rückgängig gemacht</translation>
    </message>
    <message>
      <source>Undone: {what}</source>
      <translation>Rückgängig gemacht: {what}</translation>
    </message>
    <message>
      <source>Unnamed</source>
      <translation>Unbenannt</translation>
    </message>
    <message>
      <source>Unsure</source>
      <translation>Unsicher</translation>
    </message>
    <message>
      <source>unsure</source>
      <translation>unsicher</translation>
    </message>
    <message>
      <source>Use as cover</source>
      <translation>Als Titelbild</translation>
    </message>
    <message>
      <source>Use them here instead</source>
      <translation>Stattdessen hier verwenden</translation>
    </message>
    <message>
      <source>Very poor: it hardly tells who it is</source>
      <translation>Sehr schlecht: Es verrät kaum, wer es ist</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>Wartet</translation>
    </message>
    <message>
      <source>Watch</source>
      <translation>Beobachten</translation>
    </message>
    <message>
      <source>Watch {folder}</source>
      <translation>{folder} beobachten</translation>
    </message>
    <message numerus="yes">
      <source>Went {n} steps in the history</source>
      <translation>
        <numerusform>{n} Schritt im Verlauf gegangen</numerusform>
        <numerusform>{n} Schritte im Verlauf gegangen</numerusform>
      </translation>
    </message>
    <message>
      <source>What is chosen now is not kept, so that nothing in it is lost.</source>
      <translation>Was jetzt gewählt wird, wird nicht gespeichert, damit nichts darin verloren geht.</translation>
    </message>
    <message>
      <source>What is noted of this edit cannot be read. `photoclust check` tells more.</source>
      <translation>Was von dieser Änderung aufgezeichnet ist, lässt sich nicht lesen. `photoclust check` sagt mehr.</translation>
    </message>
    <message>
      <source>What was done so far is kept, and is not done again when it is started once more.</source>
      <translation>Was schon getan ist, bleibt erhalten und wird beim nächsten Mal nicht noch einmal getan.</translation>
    </message>
    <message>
      <source>What was taken for a face by mistake is kept here.</source>
      <translation>Was irrtümlich für ein Gesicht gehalten wurde, kommt hierher.</translation>
    </message>
    <message>
      <source>What would change</source>
      <translation>Was sich ändern würde</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>Which of these are the same person?</source>
      <translation>Welche davon sind dieselbe Person?</translation>
    </message>
    <message>
      <source>Which of these are {name}?</source>
      <translation>Welche davon sind {name}?</translation>
    </message>
    <message>
      <source>Who is this?</source>
      <translation>Wer ist das?</translation>
    </message>
    <message>
      <source>Who of them is somebody else?</source>
      <translation>Wer davon ist jemand anderes?</translation>
    </message>
    <message>
      <source>Who only passes by in the background is kept here, out of the way.</source>
      <translation>Wer nur im Hintergrund vorbeigeht, kommt hierher und stört nicht.</translation>
    </message>
    <message>
      <source>Who this is</source>
      <translation>Wer das ist</translation>
    </message>
    <message>
      <source>Who, and when?</source>
      <translation>Wer, und wann?</translation>
    </message>
    <message>
      <source>with {name}</source>
      <translation>mit {name}</translation>
    </message>
    <message>
      <source>without {name}</source>
      <translation>ohne {name}</translation>
    </message>
    <message>
      <source>Year</source>
      <translation>Jahr</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
    <message numerus="yes">
      <source>Yes, {n} marked ones</source>
      <translation>
        <numerusform>Ja, {n} markierte</numerusform>
        <numerusform>Ja, {n} markierte</numerusform>
      </translation>
    </message>
    <message>
      <source>You are not allowed to read it.</source>
      <translation>Das Lesen ist nicht erlaubt.</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Zoom (Ctrl+wheel)</source>
      <translation>Größe (Strg+Mausrad)</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Verkleinern</translation>
    </message>
    <message>
      <source>{degrees}° E</source>
      <translation>{degrees}° O</translation>
    </message>
    <message>
      <source>{degrees}° N</source>
      <translation>{degrees}° N</translation>
    </message>
    <message>
      <source>{degrees}° S</source>
      <translation>{degrees}° S</translation>
    </message>
    <message>
      <source>{degrees}° W</source>
      <translation>{degrees}° W</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} von {total}</translation>
    </message>
    <message numerus="yes">
      <source>{faces}, {n} unsure</source>
      <translation>
        <numerusform>{faces}, {n} unsicher</numerusform>
        <numerusform>{faces}, {n} unsicher</numerusform>
      </translation>
    </message>
    <message>
      <source>{file} cannot be moved to the bin. It was left where it is.</source>
      <translation>{file} lässt sich nicht in den Papierkorb legen. Die Datei bleibt, wo sie ist.</translation>
    </message>
    <message>
      <source>{file}: shortcuts are lines such as {example}.</source>
      <translation>{file}: shortcuts sind Zeilen wie {example}.</translation>
    </message>
    <message>
      <source>{file}: {name} can be {choices}.</source>
      <translation>{file}: {name} kann {choices} sein.</translation>
    </message>
    <message>
      <source>{file}: {name} is a number of megabytes.</source>
      <translation>{file}: {name} ist eine Zahl in Megabyte.</translation>
    </message>
    <message>
      <source>{folder} cannot be watched for new photos. {reason}</source>
      <translation>{folder} lässt sich nicht auf neue Fotos hin beobachten. {reason}</translation>
    </message>
    <message>
      <source>{folder} is not a folder that can be opened.</source>
      <translation>{folder} ist kein Ordner, der sich öffnen lässt.</translation>
    </message>
    <message>
      <source>{folder} is not there. If it is on another drive, connect it and try again; all that is known of its photos is kept.</source>
      <translation>{folder} ist nicht da. Liegt der Ordner auf einem anderen Laufwerk, dieses bitte anschließen und noch einmal versuchen; alles, was über seine Fotos bekannt ist, bleibt erhalten.</translation>
    </message>
    <message>
      <source>{gigabytes} GB</source>
      <translation>{gigabytes} GB</translation>
    </message>
    <message>
      <source>{grade} – {reasons}</source>
      <translation>{grade} – {reasons}</translation>
    </message>
    <message>
      <source>{hours} h {minutes} min</source>
      <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
      <source>{keys} alone is what you type; add Ctrl or Alt.</source>
      <translation>{keys} allein gehört zum Tippen; bitte Strg oder Alt dazunehmen.</translation>
    </message>
    <message>
      <source>{keys} is “{action}” already.</source>
      <translation>{keys} ist schon „{action}“.</translation>
    </message>
    <message>
      <source>{length} mm</source>
      <translation>{length} mm</translation>
    </message>
    <message>
      <source>{length} mm (as {film} mm on 35-mm film)</source>
      <translation>{length} mm (wie {film} mm bei Kleinbild)</translation>
    </message>
    <message>
      <source>{megabytes} MB</source>
      <translation>{megabytes} MB</translation>
    </message>
    <message numerus="yes">
      <source>{name} has {n} faces, this person {count}. Are they the same?</source>
      <translation>
        <numerusform>{name} hat {n} Gesicht, diese Person {count}. Ist es dieselbe?</numerusform>
        <numerusform>{name} hat {n} Gesichter, diese Person {count}. Ist es dieselbe?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{name} · {n} faces</source>
      <translation>
        <numerusform>{name} · {n} Gesicht</numerusform>
        <numerusform>{name} · {n} Gesichter</numerusform>
      </translation>
    </message>
    <message>
      <source>{needed} are needed, but only {free} are free on the disk of “{where}”.</source>
      <translation>{needed} werden gebraucht, aber auf dem Datenträger von „{where}“ sind nur {free} frei.</translation>
    </message>
    <message>
      <source>{numbers} choose</source>
      <translation>{numbers} wählt aus</translation>
    </message>
    <message>
      <source>{numbers} mark</source>
      <translation>{numbers} markiert</translation>
    </message>
    <message>
      <source>{number} of {total}</source>
      <translation>{number} von {total}</translation>
    </message>
    <message numerus="yes">
      <source>{n} could not be read</source>
      <translation>
        <numerusform>{n} nicht lesbar</numerusform>
        <numerusform>{n} nicht lesbar</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} could not be read: {name} ({reason})</source>
      <translation>
        <numerusform>{n} konnte nicht gelesen werden: {name} ({reason})</numerusform>
        <numerusform>{n} konnten nicht gelesen werden: {name} ({reason})</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} earlier decisions contradict later ones, which stand. “Group again…” says which.</source>
      <translation>
        <numerusform>Eine frühere Entscheidung widerspricht späteren; die späteren gelten. „Neu gruppieren …“ sagt, welche.</numerusform>
        <numerusform>{n} frühere Entscheidungen widersprechen späteren; die späteren gelten. „Neu gruppieren …“ sagt, welche.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces</source>
      <translation>
        <numerusform>{n} Gesicht</numerusform>
        <numerusform>{n} Gesichter</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces are unsure and come first: please look at them.</source>
      <translation>
        <numerusform>{n} Gesicht ist unsicher und steht vorn: bitte ansehen.</numerusform>
        <numerusform>{n} Gesichter sind unsicher und stehen vorn: bitte ansehen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces become nobody's</source>
      <translation>
        <numerusform>{n} Gesicht verliert seine Person</numerusform>
        <numerusform>{n} Gesichter verlieren ihre Person</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces in {photos}</source>
      <translation>
        <numerusform>{n} Gesicht in {photos}</numerusform>
        <numerusform>{n} Gesichter in {photos}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces move to other persons</source>
      <translation>
        <numerusform>{n} Gesicht kommt zu einer anderen Person</numerusform>
        <numerusform>{n} Gesichter kommen zu anderen Personen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces of nobody find a person</source>
      <translation>
        <numerusform>{n} Gesicht ohne Person findet eine</numerusform>
        <numerusform>{n} Gesichter ohne Person finden eine</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces of these are unsure</source>
      <translation>
        <numerusform>{n} Gesicht davon ist unsicher</numerusform>
        <numerusform>{n} Gesichter davon sind unsicher</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces still unsure</source>
      <translation>
        <numerusform>{n} Gesicht noch unsicher</numerusform>
        <numerusform>{n} Gesichter noch unsicher</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces: {sizes}</source>
      <translation>
        <numerusform>{n} Gesicht: {sizes}</numerusform>
        <numerusform>{n} Gesichter: {sizes}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} files exported ({size}).</source>
      <translation>
        <numerusform>{n} Datei exportiert ({size}).</numerusform>
        <numerusform>{n} Dateien exportiert ({size}).</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} files exported.</source>
      <translation>
        <numerusform>{n} Datei exportiert.</numerusform>
        <numerusform>{n} Dateien exportiert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} jobs are not done yet.</source>
      <translation>
        <numerusform>{n} Aufgabe ist noch nicht fertig.</numerusform>
        <numerusform>{n} Aufgaben sind noch nicht fertig.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} minutes</source>
      <translation>
        <numerusform>{n} Minute</numerusform>
        <numerusform>{n} Minuten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} more questions</source>
      <translation>
        <numerusform>{n} weitere Frage</numerusform>
        <numerusform>{n} weitere Fragen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} named persons</source>
      <translation>
        <numerusform>{n} benannten Person</numerusform>
        <numerusform>{n} benannten Personen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} persons</source>
      <translation>
        <numerusform>{n} Person</numerusform>
        <numerusform>{n} Personen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} persons joined</source>
      <translation>
        <numerusform>{n} Person vereinigt</numerusform>
        <numerusform>{n} Personen vereinigt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos</source>
      <translation>
        <numerusform>{n} Foto</numerusform>
        <numerusform>{n} Fotos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos are missing</source>
      <translation>
        <numerusform>{n} Foto fehlt</numerusform>
        <numerusform>{n} Fotos fehlen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos could not be read</source>
      <translation>
        <numerusform>{n} Foto nicht lesbar</numerusform>
        <numerusform>{n} Fotos nicht lesbar</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos could not be read.</source>
      <translation>
        <numerusform>{n} Foto ist nicht lesbar.</numerusform>
        <numerusform>{n} Fotos sind nicht lesbar.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos folded: Enter or a click on the number spreads them out</source>
      <translation>
        <numerusform>{n} Foto gefaltet: Enter oder ein Klick auf die Zahl breitet es aus</numerusform>
        <numerusform>{n} Fotos gefaltet: Enter oder ein Klick auf die Zahl breitet sie aus</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos missing</source>
      <translation>
        <numerusform>{n} Foto fehlt</numerusform>
        <numerusform>{n} Fotos fehlen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} questions</source>
      <translation>
        <numerusform>{n} Frage</numerusform>
        <numerusform>{n} Fragen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} questions until 99 % sure</source>
      <translation>
        <numerusform>{n} Frage, bis alles zu 99 % sicher ist</numerusform>
        <numerusform>{n} Fragen, bis alles zu 99 % sicher ist</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} seconds</source>
      <translation>
        <numerusform>{n} Sekunde</numerusform>
        <numerusform>{n} Sekunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} were there already.</source>
      <translation>
        <numerusform>{n} war schon da.</numerusform>
        <numerusform>{n} waren schon da.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} without a name</source>
      <translation>
        <numerusform>{n} ohne Namen</numerusform>
        <numerusform>{n} ohne Namen</numerusform>
      </translation>
    </message>
    <message>
      <source>{out} cannot be written: {reason}.</source>
      <translation>{out} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
      <source>{path} contains a {strange}, which no photoclust library does; it is not opened.</source>
      <translation>{path} enthält etwas ({strange}), das in keiner Bibliothek von photoclust vorkommt; sie wird nicht geöffnet.</translation>
    </message>
    <message>
      <source>{path} is a folder, not a photoclust library.</source>
      <translation>{path} ist ein Ordner, keine Bibliothek von photoclust.</translation>
    </message>
    <message>
      <source>{path} is not a photoclust library.</source>
      <translation>{path} ist keine Bibliothek von photoclust.</translation>
    </message>
    <message>
      <source>{path} is not there. If it is on another drive, connect it first.</source>
      <translation>{path} ist nicht da. Liegt sie auf einem anderen Laufwerk, dieses bitte zuerst anschließen.</translation>
    </message>
    <message>
      <source>{percent} % likely here</source>
      <translation>Zu {percent} % hier richtig</translation>
    </message>
    <message>
      <source>{phase}: {done} of {total}</source>
      <translation>{phase}: {done} von {total}</translation>
    </message>
    <message>
      <source>{photos} ({size})</source>
      <translation>{photos} ({size})</translation>
    </message>
    <message>
      <source>{photos} of {persons}</source>
      <translation>{photos} von {persons}</translation>
    </message>
    <message numerus="yes">
      <source>{picked} of {n} faces selected</source>
      <translation>
        <numerusform>{picked} von {n} Gesicht ausgewählt</numerusform>
        <numerusform>{picked} von {n} Gesichtern ausgewählt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{picked} of {n} photos selected</source>
      <translation>
        <numerusform>{picked} von {n} Foto ausgewählt</numerusform>
        <numerusform>{picked} von {n} Fotos ausgewählt</numerusform>
      </translation>
    </message>
    <message>
      <source>{reason}, {other}</source>
      <translation>{reason}, {other}</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} s</translation>
    </message>
    <message>
      <source>{sizes} faces</source>
      <translation>{sizes} Gesichter</translation>
    </message>
    <message>
      <source>{size} on the disk now</source>
      <translation>Jetzt {size} auf dem Datenträger</translation>
    </message>
    <message>
      <source>{some} and {last}</source>
      <translation>{some} und {last}</translation>
    </message>
    <message>
      <source>{width} × {height} pixels</source>
      <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
      <source>“{action}” has these keys now.</source>
      <translation>„{action}“ hat jetzt diese Tasten.</translation>
    </message>
    <message>
      <source>“{folder}” cannot be opened. {reason}</source>
      <translation>„{folder}“ lässt sich nicht öffnen. {reason}</translation>
    </message>
    <message>
      <source>“{folder}” is inside “{scanned}”, which is scanned for photos: the exported ones would be found again. Choose a folder outside.</source>
      <translation>„{folder}“ liegt in „{scanned}“, und dort wird nach Fotos gesucht: Die exportierten würden wieder gefunden. Bitte einen Ordner außerhalb wählen.</translation>
    </message>
    <message>
      <source>“{folder}” is not a folder.</source>
      <translation>„{folder}“ ist kein Ordner.</translation>
    </message>
    <message>
      <source>“{job}” is not done yet.</source>
      <translation>„{job}“ ist noch nicht fertig.</translation>
    </message>
    <message>
      <source>“{there}” cannot be a folder: a file has that name already.</source>
      <translation>„{there}“ kann kein Ordner sein: Eine Datei heißt schon so.</translation>
    </message>
    <message>
      <source>“{there}” is a link that leads elsewhere. Choose another folder.</source>
      <translation>„{there}“ ist eine Verknüpfung, die woandershin führt. Bitte einen anderen Ordner wählen.</translation>
    </message>
    <message>
      <source>“{where}” cannot be written to ({reason}). Choose another folder.</source>
      <translation>In „{where}“ kann nicht geschrieben werden ({reason}). Bitte einen anderen Ordner wählen.</translation>
    </message>
  </context>
</TS>
