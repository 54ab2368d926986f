<?xml version="1.0" encoding="utf-8"?>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>photoclust</name>
    <message numerus="yes">
      <source>about {n} hours left</source>
      <translation>
        <numerusform>about {n} hour left</numerusform>
        <numerusform>about {n} hours left</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about {n} minutes left</source>
      <translation>
        <numerusform>about {n} minute left</numerusform>
        <numerusform>about {n} minutes left</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Also add {n} faces to {persons}</source>
      <translation>
        <numerusform>Also add {n} face to {persons}</numerusform>
        <numerusform>Also add {n} faces to {persons}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>And {n} more.</source>
      <translation>
        <numerusform>And {n} more.</numerusform>
        <numerusform>And {n} more.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Forget {n} missing photos?</source>
      <translation>
        <numerusform>Forget {n} missing photo?</numerusform>
        <numerusform>Forget {n} missing photos?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Move {n} faces to…</source>
      <translation>
        <numerusform>Move {n} face to…</numerusform>
        <numerusform>Move {n} faces to…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>settles {n} faces</source>
      <translation>
        <numerusform>settles {n} face</numerusform>
        <numerusform>settles {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Somebody else · {n} faces</source>
      <translation>
        <numerusform>Somebody else · {n} face</numerusform>
        <numerusform>Somebody else · {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Split {n} faces off {name}</source>
      <translation>
        <numerusform>Split {n} face off {name}</numerusform>
        <numerusform>Split {n} faces off {name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Yes, {n} marked ones</source>
      <translation>
        <numerusform>Yes, {n} marked one</numerusform>
        <numerusform>Yes, {n} marked ones</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{faces}, {n} unsure</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform>{faces}, {n} unsure</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{name} has {n} faces, this person {count}. Are they the same?</source>
      <translation>
        <numerusform>{name} has {n} face, this person {count}. Are they the same?</numerusform>
        <numerusform>{name} has {n} faces, this person {count}. Are they the same?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{name} · {n} faces</source>
      <translation>
        <numerusform>{name} · {n} face</numerusform>
        <numerusform>{name} · {n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} could not be read: {name} ({reason})</source>
      <translation>
        <numerusform>{n} could not be read: {name} ({reason})</numerusform>
        <numerusform>{n} could not be read: {name} ({reason})</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} earlier decisions contradict later ones, which stand. “Group again…” says which.</source>
      <translation>
        <numerusform>An earlier decision contradicts later ones, which stand. “Group again…” says which.</numerusform>
        <numerusform>{n} earlier decisions contradict later ones, which stand. “Group again…” says which.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces</source>
      <translation>
        <numerusform>{n} face</numerusform>
        <numerusform>{n} faces</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces are unsure and come first: please look at them.</source>
      <translation>
        <numerusform>{n} face is unsure and comes first: please look at it.</numerusform>
        <numerusform>{n} faces are unsure and come first: please look at them.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} faces in {photos}</source>
      <translation>
        <numerusform>{n} face in {photos}</numerusform>
        <numerusform>{n} faces in {photos}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} files exported ({size}).</source>
      <translation>
        <numerusform>{n} file exported ({size}).</numerusform>
        <numerusform>{n} files exported ({size}).</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} files exported.</source>
      <translation>
        <numerusform>{n} file exported.</numerusform>
        <numerusform>{n} files exported.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} more questions</source>
      <translation>
        <numerusform>{n} more question</numerusform>
        <numerusform>{n} more questions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} named persons</source>
      <translation>
        <numerusform>{n} named person</numerusform>
        <numerusform>{n} named persons</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} persons</source>
      <translation>
        <numerusform>{n} person</numerusform>
        <numerusform>{n} persons</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos</source>
      <translation>
        <numerusform>{n} photo</numerusform>
        <numerusform>{n} photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos are missing</source>
      <translation>
        <numerusform>{n} photo is missing</numerusform>
        <numerusform>{n} photos are missing</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos could not be read</source>
      <translation>
        <numerusform>{n} photo could not be read</numerusform>
        <numerusform>{n} photos could not be read</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} photos missing</source>
      <translation>
        <numerusform>{n} photo missing</numerusform>
        <numerusform>{n} photos missing</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} questions</source>
      <translation>
        <numerusform>{n} question</numerusform>
        <numerusform>{n} questions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} questions until 99 % sure</source>
      <translation>
        <numerusform>{n} question until 99 % sure</numerusform>
        <numerusform>{n} questions until 99 % sure</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} were there already.</source>
      <translation>
        <numerusform>{n} was there already.</numerusform>
        <numerusform>{n} were there already.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{n} without a name</source>
      <translation>
        <numerusform>{n} without a name</numerusform>
        <numerusform>{n} without a name</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{picked} of {n} faces selected</source>
      <translation>
        <numerusform>{picked} of {n} face selected</numerusform>
        <numerusform>{picked} of {n} faces selected</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{picked} of {n} photos selected</source>
      <translation>
        <numerusform>{picked} of {n} photo selected</numerusform>
        <numerusform>{picked} of {n} photos selected</numerusform>
      </translation>
    </message>
  </context>
</TS>
